import { computeCdr } from '../../../core/cdr/compute/cdr-from-readings.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import type { Session } from '../../../core/session/session.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';

const start = Date.UTC(2026, 2, 10, 9);
/** A minute after the start, ISO 8601. */
export const t = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();

/** A sampled value of OCPP 1.6. */
type Value = Readonly<Record<string, string>>;

/** A register in Wh as it is sent. */
export const register = (value: string | number, fields: Value = {}): Value => ({
  value: String(value),
  measurand: 'Energy.Active.Import.Register',
  unit: 'Wh',
  ...fields,
});

/** MeterValues of a minute, received then. */
export const meter = (minutes: number, ...sampledValue: readonly Value[]): StoredMessage => ({
  key: `${t(minutes)}#meter#${JSON.stringify(sampledValue).length}`,
  kind: 'meter',
  receivedAt: t(minutes),
  evseId: 1,
  connectorId: 1,
  raw: JSON.stringify({
    connectorId: 1,
    transactionId: 7,
    meterValue: [{ timestamp: t(minutes), sampledValue }],
  }),
});

const tariff: Tariff = {
  tariffId: 'tar1',
  version: 1,
  name: 'AC',
  currency: 'EUR',
  elements: [{ priceComponents: [{ type: 'ENERGY', price: '0.50', stepSize: 0 }] }],
  rounding: { mode: 'half-up', scope: 'total' },
};

type Ends = {
  readonly meterStart?: number;
  readonly meterStop?: number;
  readonly minutes?: number;
  readonly maxPowerW?: number;
};

/** The bill of a session that began at 9:00, as its energy in kWh and its total, or its codes if it is held. */
export const billOf = (
  { meterStart, meterStop, minutes = 60, maxPowerW }: Ends,
  messages: readonly StoredMessage[],
) => {
  const session: Session = {
    sessionId: 'ses_1',
    operatorId: 'op1',
    chargerId: 'CP-1',
    evseId: 1,
    connectorId: 1,
    transactionId: '7',
    protocol: 'ocpp1.6',
    state: 'ended',
    timeZone: 'UTC',
    ...(maxPowerW !== undefined && { maxPowerW }),
    start: {
      startedAt: t(0),
      receivedAt: t(0),
      tokenId: 'TAG',
      authorization: 'Accepted',
      ...(meterStart !== undefined && { meterStart }),
    },
    stop: {
      endedAt: t(minutes),
      receivedAt: t(minutes),
      reason: 'Local',
      ...(meterStop !== undefined && { meterStop }),
    },
    anomalies: [],
  };
  const rules = {
    read: (message: StoredMessage) => decodeMessage(v16, message),
    price: priceSession,
  };
  const { content } = computeCdr(session, tariff, messages, rules, {});
  return content.total === null
    ? {
        held: content.anomalies
          .filter(({ severity }) => severity === 'error')
          .map(({ code }) => code),
      }
    : { kWh: content.energyKwh, total: content.total.exclVat };
};
