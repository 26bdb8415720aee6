import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import type { CdrRules } from '../../../core/cdr/compute/cdr-rules.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import type { ConnectorStatus } from '../../../core/charger/connector-status.ts';
import { applySessionEvent } from '../../../core/session/apply-session-event.ts';
import type { Session } from '../../../core/session/session.ts';
import type { SessionEvent } from '../../../core/session/session-event.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';

/** 0.39 EUR per kWh, 0.10 EUR per idle minute, 1 EUR per session, 19 % VAT. */
export const tariff: Tariff = {
  tariffId: 'tar1',
  version: 3,
  name: 'Standard',
  currency: 'EUR',
  elements: [
    {
      priceComponents: [
        { type: 'ENERGY', price: '0.39', vat: '19', stepSize: 1 },
        { type: 'PARKING_TIME', price: '6', vat: '19', stepSize: 1 },
        { type: 'FLAT', price: '1', vat: '19', stepSize: 1 },
      ],
    },
  ],
  rounding: { mode: 'half-up', scope: 'total' },
};

/** Stored messages of the session in session-samples: registers in a plain form, and one state. */
export const stored: readonly StoredMessage[] = [
  ...[1000, 3750, 6250.5, 8000].map((register, index): StoredMessage => {
    const at = new Date(Date.UTC(2026, 2, 2, 10, 15 * index)).toISOString();
    return {
      key: `${at}#meter#${index}`,
      kind: 'meter',
      evseId: 1,
      connectorId: 1,
      receivedAt: at,
      raw: JSON.stringify({ at, register }),
    };
  }),
  {
    key: '2026-03-02T10:46:00.000Z#status#5',
    kind: 'status',
    evseId: 1,
    connectorId: 1,
    receivedAt: '2026-03-02T10:46:00.500Z',
    raw: JSON.stringify({ at: '2026-03-02T10:46:00.000Z', status: 'suspended-by-vehicle' }),
  },
];

/** Reads the plain form and prices with the engine. */
export const rules: CdrRules = {
  price: priceSession,
  read: ({ kind, raw, receivedAt }) => {
    const { at, register, status } = JSON.parse(raw) as {
      readonly at: string;
      readonly register?: number;
      readonly status?: ConnectorStatus;
    };
    if (kind === 'status') {
      return { readings: [], states: status === undefined ? [] : [{ timestamp: at, status }] };
    }
    const value = {
      value: String(register),
      context: 'Sample.Periodic',
      measurand: 'Energy.Active.Import.Register',
      location: 'Outlet',
      multiplier: 0,
      format: 'raw',
    } as const;
    const reading = {
      timestamp: at,
      receivedAt: Date.parse(receivedAt),
      offline: false,
      sampledValues: [value],
    };
    return { readings: [reading], states: [] };
  },
};

/** The session after some events. */
export const sessionOf = (...events: readonly SessionEvent[]): Session => {
  const session = events.reduce<Session | undefined>(applySessionEvent, undefined);
  if (session === undefined) throw new Error('no session');
  return session;
};

/** The CDR content of the ordinary session. */
export const ordinaryContent = () =>
  cdrFromReadings(sessionOf(startedEvent(), stoppedEvent()), tariff, stored, rules);
