import { voidPrice } from '../../cdr/compute/apply-decision.ts';
import type { CdrContent } from '../../cdr/model/cdr.ts';
import type { Money } from '../../tariff/model/price.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import { sumOf } from '../common/decimal-text.ts';
import type { PartnerSession } from '../model/session.ts';
import { cdrPeriods, kwhText } from './cdr-periods.ts';
import type { SharedDriver, SharedPlace } from './shared-session.ts';

/** How far a session is, for the partner of its driver. */
export type SessionProgress = {
  readonly sessionId: string;
  /** ISO 8601 in UTC; the end is absent while it runs. */
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly state: 'active' | 'ended' | 'void';
  /** kWh so far, as decimal text. */
  readonly kwh: string;
  readonly cost?: Money;
  /** Of its tariff; absent where it has none. */
  readonly currency?: string;
  /** The CDR in force, once one is sealed. */
  readonly sealed?: CdrContent;
  /** That CDR was credited, and nothing is billed instead. */
  readonly isFree?: true;
};

/** ISO 4217 has a code for no currency, and OCPI requires one of a session that nobody has a price for. */
const noCurrency = 'XXX';

const statusOf = ({ state, sealed }: SessionProgress): string => {
  if (state === 'void') return 'INVALID';
  // One that is completed does not change any more: until its CDR is sealed nobody knows what it comes to.
  return state === 'ended' && sealed !== undefined ? 'COMPLETED' : 'ACTIVE';
};

/** The numbers of a session: what its sealed CDR says, else what is known so far. */
function numbersOf(progress: SessionProgress) {
  const { sealed, startedAt, endedAt, kwh, cost, currency, isFree } = progress;
  if (sealed === undefined || progress.state === 'void') {
    return { startedAt, endedAt, kwh, cost, currency, chargingPeriods: [] };
  }
  return {
    startedAt: sealed.startedAt,
    endedAt: sealed.endedAt,
    kwh: kwhText(sealed.energyKwh),
    cost: isFree ? voidPrice(sealed.tariff ?? undefined).total : (sealed.total ?? undefined),
    currency: sealed.total?.currency,
    chargingPeriods: sealed.tariff === null ? [] : cdrPeriods(sealed, sealed.tariff),
  };
}

/** A session for the partner of its driver; with the sealed CDR it says exactly what that says. `at` is ISO 8601 in UTC. */
export const partnerSession = (
  progress: SessionProgress,
  { party, token, authMethod, authorizationReference }: SharedDriver,
  { location, evse, connector }: SharedPlace,
  at: string,
): PartnerSession => {
  const { startedAt, endedAt, kwh, cost, currency, chargingPeriods } = numbersOf(progress);
  return omitUndefined({
    countryCode: party.countryCode,
    partyId: party.partyId,
    id: progress.sessionId,
    startDateTime: startedAt,
    endDateTime: endedAt,
    kwh,
    cdrToken: token,
    authMethod,
    authorizationReference,
    locationId: location.id,
    evseUid: evse.uid,
    connectorId: connector.id,
    currency: currency ?? cost?.currency ?? noCurrency,
    chargingPeriods,
    totalCost: cost && { exclVat: sumOf([cost.exclVat]), inclVat: sumOf([cost.inclVat]) },
    status: statusOf(progress),
    lastUpdated: at,
  });
};
