import type { CommandRequest } from '../../command/command-request.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import { changesProfile } from './changes-profile.ts';

/** A command as far as it says whether a partner follows how a session charges. */
export type ProfileCommand = {
  readonly request: CommandRequest;
  readonly state: string;
  /** Present where a partner ordered it. */
  readonly orderedBy?: object;
  /** The session whose schedule it asks for, where that is for its partner. */
  readonly profileOf?: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  readonly finishedAt?: string;
};

/** The session whose profile is followed. */
type Followed = {
  readonly sessionId: string;
  readonly evseId: number;
  readonly transactionId: string;
};

/** The profile that a partner set on a session: how far it reaches, seconds, where it says so. */
export type FollowedProfile = { readonly durationSeconds?: number };

/**
 * The profile of a partner, by its number, that the charger of a session has: the last one that the charger accepted, unless the partner took it off since.
 * Undefined where it has none, as after one that was refused. `commands` are the charger's, the latest first.
 */
export function followedProfile(
  commands: readonly ProfileCommand[],
  profileId: number,
): FollowedProfile | undefined {
  const last = commands.find(({ request, state, orderedBy }) => {
    if (orderedBy === undefined || state !== 'accepted') return false;
    if (request.type === 'set-charging-profile') return request.profile.profileId === profileId;
    return request.type === 'clear-charging-profile' && request.profileId === profileId;
  });
  if (last?.request.type !== 'set-charging-profile') return undefined;
  return omitUndefined({ durationSeconds: last.request.profile.schedule.durationSeconds });
}

/**
 * Says whether a partner lacks how a session charges since somebody else changed it: the charger has not answered since then. `limitAt` is
 * when the charger said last that a limit of its own changed (ISO 8601 in UTC).
 */
export function isUnanswered(
  commands: readonly ProfileCommand[],
  followed: Followed,
  limitAt = '',
): boolean {
  const ends = commands.flatMap(({ request, state, orderedBy, finishedAt }) =>
    orderedBy === undefined && state === 'accepted' && changesProfile(request, followed)
      ? [finishedAt ?? '']
      : [],
  );
  const changedAt = [limitAt, ...ends].toSorted().at(-1) ?? '';
  return (
    changedAt !== '' &&
    !commands.some(
      ({ profileOf, state, createdAt }) =>
        profileOf === followed.sessionId && state === 'accepted' && createdAt >= changedAt,
    )
  );
}
