import type { ChargingSchedule } from '../../command/charging-profile.ts';
import type { CommandOutcome } from '../../command/command-outcome.ts';
import { isoInstant } from '../../units/instant.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import { parseInstant } from '../../units/parse-instant.ts';
import type { ActiveChargingProfile, ChargingProfileResult } from '../model/charging-profile.ts';

/** A command about charging profiles as far as its result for a partner goes. */
export type EndedProfileCommand = {
  readonly outcome?: CommandOutcome;
  /** When it ended, ISO 8601 in UTC. */
  readonly endedAt: string;
};

const types = ['set-charging-profile', 'clear-charging-profile', 'composite-schedule'];

/** Says whether a command is about charging profiles, whose result is another object than that of other commands. */
export const isAboutProfiles = (type: string): boolean => types.includes(type);

/** A time of a charger in UTC; undefined where the charger states no zone. */
const utcOf = (time: string | undefined): string | undefined => {
  const parsed = time === undefined ? undefined : parseInstant(time);
  return parsed?.kind === 'instant' ? isoInstant(parsed.at) : undefined;
};

const activeProfile = (
  { unit, durationSeconds, minimum, periods }: ChargingSchedule,
  startDateTime: string,
): ActiveChargingProfile => ({
  startDateTime,
  chargingProfile: omitUndefined({
    startDateTime,
    duration: durationSeconds,
    chargingRateUnit: unit,
    minChargingRate: minimum === undefined ? undefined : String(minimum),
    periods: periods.map(({ startSeconds, limit }) => ({
      startPeriod: startSeconds,
      limit: String(limit),
    })),
  }),
});

/**
 * The result of setting, clearing or reading a charging profile in the words of OCPI (ChargingProfileResult and its like), once the
 * command has ended: `UNKNOWN` where the charger has no such profile, `REJECTED` where it did not do it or did not answer.
 */
export const resultOfProfile = ({
  outcome,
  endedAt,
}: EndedProfileCommand): ChargingProfileResult => {
  if (outcome?.kind === 'rejected' && outcome.reason === 'not-found') return { result: 'UNKNOWN' };
  if (outcome?.kind !== 'accepted') return { result: 'REJECTED' };
  const { data } = outcome;
  return data?.kind === 'composite-schedule' && data.schedule !== undefined
    ? { result: 'ACCEPTED', profile: activeProfile(data.schedule, utcOf(data.startsAt) ?? endedAt) }
    : { result: 'ACCEPTED' };
};
