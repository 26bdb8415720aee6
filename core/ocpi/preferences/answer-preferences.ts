import { parseDecimal } from '../../units/decimal.ts';
import type { Instant } from '../../units/instant.ts';
import { parseInstant } from '../../units/parse-instant.ts';
import type { ChargingPreferences } from '../model/charging-profile.ts';

/** The answer to a driver's wishes (ChargingPreferencesResponse), or that the EVSE takes none. */
export type PreferencesAnswer =
  | 'ACCEPTED'
  | 'DEPARTURE_REQUIRED'
  | 'ENERGY_NEED_REQUIRED'
  | 'NOT_POSSIBLE'
  | 'PROFILE_TYPE_NOT_SUPPORTED'
  | 'no-capability';

/** Facts about the session and its EVSE. */
export type PreferencesFacts = {
  readonly capabilities: readonly string[];
  /** The profile types that something can honour now. */
  readonly honoured: readonly string[];
  /** W; absent where it is not known. */
  readonly maxPower?: bigint;
  readonly now: Instant;
};

const millisecondsPerHour = 3_600_000n;

/** Says whether the energy fits into the time until the departure at full power. */
const fits = (
  needKwh: string,
  departure: Instant,
  { maxPower, now }: PreferencesFacts,
): boolean => {
  const need = parseDecimal(needKwh);
  if (need === undefined || maxPower === undefined) return true;
  const most = maxPower * (departure - now);
  return need.digits * 1000n * millisecondsPerHour <= most * 10n ** BigInt(need.decimals);
};

const departureOf = ({ departureTime }: ChargingPreferences): Instant | undefined => {
  const parsed = departureTime === undefined ? undefined : parseInstant(departureTime);
  return parsed?.kind === 'instant' ? parsed.at : undefined;
};

/**
 * Answers a driver's wishes by the rules of the text. Charging at once needs nothing; a profile that waits needs to know
 * until when and how much. A type that nothing honours is refused as such, instead of being accepted and ignored.
 */
export const answerPreferences = (
  wishes: ChargingPreferences,
  facts: PreferencesFacts,
): PreferencesAnswer => {
  if (!facts.capabilities.includes('CHARGING_PREFERENCES_CAPABLE')) return 'no-capability';
  if (!facts.honoured.includes(wishes.profileType)) return 'PROFILE_TYPE_NOT_SUPPORTED';
  const departure = departureOf(wishes);
  const waits = wishes.profileType === 'CHEAP' || wishes.profileType === 'GREEN';
  if (waits && departure === undefined) return 'DEPARTURE_REQUIRED';
  if (waits && wishes.energyNeed === undefined) return 'ENERGY_NEED_REQUIRED';
  if (departure === undefined) return 'ACCEPTED';
  if (departure <= facts.now) return 'NOT_POSSIBLE';
  const need = wishes.energyNeed;
  return need === undefined || fits(need, departure, facts) ? 'ACCEPTED' : 'NOT_POSSIBLE';
};
