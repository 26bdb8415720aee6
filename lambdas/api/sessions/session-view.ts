import * as z from 'zod';
import type { Anomaly } from '../../../core/metering/model/anomaly.ts';
import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import { shownTimes } from '../../../core/session/shown-times.ts';
import { terminalPaymentAnomaly } from '../../../core/session/terminal-payment.ts';
import { shortDecimal } from '../../../core/units/decimal.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { kwhNumber } from '../../../core/units/format-kwh.ts';
import type { RunningView } from '../../store/sessions/running-view.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import { AnomalySchema, MoneySchema, timeText } from '../common-schemas.ts';
import { RedeemedSchema, redeemedView } from '../tariffs/promo-code-view.ts';

const TerminalPaymentSchema = z
  .strictObject({ status: z.string(), amount: z.string(), at: timeText })
  .meta({
    description: "Its payment at the charger's own terminal, as the charger reports it (OCPP 2.1).",
  });

/** A session as the operator API shows it. */
export const SessionSchema = z
  .strictObject({
    sessionId: z.string(),
    chargerId: z.string(),
    locationId: z.string().nullable().meta({
      description: 'The location that the charger belonged to when the session began.',
    }),
    evseId: z.int(),
    connectorId: z.int(),
    transactionId: z.string(),
    tokenId: z.string().nullable(),
    accountId: z.string().nullable(),
    state: z.enum(['active', 'ended', 'void']),
    startedAt: timeText.nullable(),
    endedAt: timeText.nullable(),
    energyKwh: z.number(),
    powerKw: z.number().nullable(),
    stateOfCharge: z.number().nullable(),
    cost: MoneySchema.nullable(),
    terminalPayment: TerminalPaymentSchema.nullable(),
    tariffId: z.string().nullable(),
    promoCode: RedeemedSchema.nullable(),
    stopReason: z.string().nullable(),
    anomalies: z.array(AnomalySchema),
    cdrId: z.string().nullable(),
  })
  .meta({ id: 'Session' });

/** A session that is asked for by its id. */
export const SingleSessionSchema = SessionSchema.extend({
  startedBy: z.string().nullable().meta({ description: 'The command that began it.' }),
  stoppedBy: z.string().nullable().meta({ description: 'The command that ended it.' }),
}).meta({ id: 'SingleSession' });

const percent = (stateOfCharge: string | undefined): number | null =>
  stateOfCharge === undefined || Number.isNaN(Number(stateOfCharge)) ? null : Number(stateOfCharge);

/** While a session runs its view is the live one; afterwards it is what its CDR says. */
function measured(stored: StoredSession, live: RunningView | undefined) {
  const { result, session } = stored;
  if (result !== undefined) {
    return {
      energyKwh: kwhNumber(milliWattHours(result.energy)),
      powerKw: null,
      stateOfCharge: percent(result.stateOfCharge ?? live?.stateOfCharge),
      cost: result.cost ?? null,
    };
  }
  const power = session.state === 'active' ? live?.power : undefined;
  return {
    energyKwh: kwhNumber(milliWattHours(live?.energy ?? 0n)),
    powerKw: power === undefined ? null : Number(shortDecimal(power, 6)),
    stateOfCharge: percent(live?.stateOfCharge),
    cost: live?.cost ?? null,
  };
}

const distinct = (anomalies: readonly Anomaly[]): readonly Anomaly[] => [
  ...new Map(anomalies.map((one) => [`${one.code} ${one.ref ?? ''}`, one])).values(),
];

const timesOfCdr = (result: StoredSession['result']) => {
  const { startedAt, endedAt } = result?.corrected ?? {};
  return { ...(startedAt && { startedAt }), ...(endedAt && { endedAt }) };
};

/** A session as the operator API shows it. */
export const sessionView = (stored: StoredSession, live: RunningView | undefined) => {
  const { session, result } = stored;
  const { start, stop } = session;
  const unlikeCdr = terminalPaymentAnomaly(stored.terminalPayment, result?.cost);
  return {
    sessionId: session.sessionId,
    chargerId: session.chargerId,
    locationId: stored.locationId ?? null,
    evseId: session.evseId,
    connectorId: session.connectorId,
    transactionId: session.transactionId,
    // A charger that names no token sends an empty one, or none.
    tokenId: start?.tokenId || stop?.tokenId || null,
    accountId: start?.accountId ?? null,
    state: session.state,
    ...shownTimes(session),
    ...timesOfCdr(result),
    ...measured(stored, live),
    terminalPayment: stored.terminalPayment ?? null,
    tariffId: session.tariffId ?? null,
    promoCode: stored.promoCode === undefined ? null : redeemedView(stored.promoCode),
    stopReason: stop?.reason ?? null,
    anomalies: distinct([
      ...(result?.cdrAnomalies ?? []),
      ...session.anomalies,
      ...(stored.lateNote === undefined ? [] : [anomalyOf(stored.lateNote)]),
      ...(unlikeCdr === undefined ? [] : [unlikeCdr]),
    ]),
    cdrId: result?.cdrId ?? null,
  };
};
