import * as z from 'zod';
import type { Anomaly } from '../../../core/metering/model/anomaly.ts';
import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import { sessionState } from '../../../core/ocpi/received/session-state.ts';
import { paidTariff } from '../../../core/session/paid-tariff.ts';
import { shownTimes } from '../../../core/session/shown-times.ts';
import { terminalPaymentAnomaly } from '../../../core/session/terminal-payment.ts';
import { shortDecimal } from '../../../core/units/decimal.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { kwhNumber } from '../../../core/units/format-kwh.ts';
import type { HeldSession } from '../../store/received/received-sessions.ts';
import type { RunningView } from '../../store/sessions/running-view.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import { AnomalySchema, MoneySchema, timeText } from '../common-schemas.ts';
import { PartnerCostSchema, partnerCost } from '../roaming/partner-cost.ts';
import { RedeemedSchema, redeemedView } from '../tariffs/promo-code-view.ts';

/** The wishes of a driver of a roaming partner (OCPI ChargingPreferences). */
const PreferencesSchema = z
  .strictObject({
    profileType: z.string(),
    departureTime: timeText.nullable(),
    energyNeedKwh: z.string().nullable(),
    dischargeAllowed: z.boolean().nullable(),
  })
  .meta({ id: 'ChargingPreferences' });

/** The partner's own words for a session at one of its chargers. */
const RoamingSchema = z
  .strictObject({
    partnerId: z.string(),
    countryCode: z.string(),
    partyId: z.string(),
    sessionId: z.string().meta({ description: 'The partner’s id.' }),
    status: z.string(),
    locationId: z.string(),
    evseUid: z.string(),
    connectorId: z.string(),
    cost: PartnerCostSchema.nullable(),
  })
  .meta({ id: 'RoamingPart' });

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
    chargingPreferences: PreferencesSchema.nullable(),
    anomalies: z.array(AnomalySchema),
    cdrId: z.string().nullable(),
    roaming: RoamingSchema.nullable().meta({
      description:
        'Of a session of one of our drivers at a roaming partner, whose EVSE is then chargerId; null at our chargers.',
    }),
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

const preferencesView = ({ preferences }: StoredSession) =>
  preferences === undefined
    ? null
    : {
        profileType: preferences.profileType,
        departureTime: preferences.departureTime ?? null,
        energyNeedKwh: preferences.energyNeed ?? null,
        dischargeAllowed: preferences.dischargeAllowed ?? null,
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
    tariffId: paidTariff(session) ?? null,
    promoCode: stored.promoCode === undefined ? null : redeemedView(stored.promoCode),
    stopReason: stop?.reason ?? null,
    chargingPreferences: preferencesView(stored),
    anomalies: distinct([
      ...(result?.cdrAnomalies ?? []),
      ...session.anomalies,
      ...(stored.lateNote === undefined ? [] : [anomalyOf(stored.lateNote)]),
      ...(unlikeCdr === undefined ? [] : [unlikeCdr]),
    ]),
    cdrId: result?.cdrId ?? null,
    roaming: null,
  };
};

/** Money of a partner where it says both amounts; what it does not say is in its own words. */
const costOf = ({ currency, totalCost }: HeldSession['session']) =>
  totalCost?.inclVat === undefined
    ? null
    : { currency, exclVat: totalCost.exclVat, inclVat: totalCost.inclVat };

/** A session of one of our drivers at a roaming partner as the operator API shows it among its own. */
export const roamingSessionView = ({ from, receivedId, session, accountId }: HeldSession) => ({
  sessionId: receivedId,
  chargerId: session.evseUid,
  locationId: null,
  // Our numbers of EVSEs and connectors are those of OCPP.
  evseId: 0,
  connectorId: 0,
  transactionId: session.id,
  tokenId: session.cdrToken.uid,
  accountId: accountId ?? null,
  state: sessionState(session),
  startedAt: session.startDateTime,
  endedAt: session.endDateTime ?? null,
  energyKwh: Number(session.kwh),
  powerKw: null,
  stateOfCharge: null,
  cost: costOf(session),
  tariffId: null,
  promoCode: null,
  stopReason: null,
  chargingPreferences: null,
  terminalPayment: null,
  anomalies: [],
  cdrId: null,
  roaming: {
    partnerId: from.partnerId,
    countryCode: session.countryCode,
    partyId: session.partyId,
    sessionId: session.id,
    status: session.status,
    locationId: session.locationId,
    evseUid: session.evseUid,
    connectorId: session.connectorId,
    cost: session.totalCost === undefined ? null : partnerCost(session.currency, session.totalCost),
  },
});
