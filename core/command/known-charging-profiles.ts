import { type ConnectorRef, isSameConnector, wholeCharger } from '../charger/connector-ref.ts';
import { type Protocol, profilesMayFollow } from '../ocpp/protocol.ts';
import type { Session } from '../session/session.ts';
import type { ChargingProfile } from './charging-profile.ts';
import type { CommandOf } from './command-request.ts';
import type { AnsweredCommand } from './known-configuration.ts';
import { startsSession } from './starts-session.ts';

/** A charging profile that a charger took, and when, ISO 8601 in UTC. */
export type KnownProfile = {
  /** The whole charger for one that came with a start which named no connector. */
  readonly connector: ConnectorRef;
  readonly profile: ChargingProfile;
  readonly setAt: string;
};

/** A command as it was sent; the time is ISO 8601 in UTC. */
export type ProfileCommand = AnsweredCommand & {
  readonly sequence: string;
  readonly sentAt?: string;
};

/** The facts that profiles are held against: the latest sessions of the charger, and the time, ISO 8601 in UTC. */
export type AroundProfiles = {
  readonly protocol: Protocol;
  readonly sessions: readonly Session[];
  readonly now: string;
};

type Known = KnownProfile & { readonly command: ProfileCommand };

const time = (text: string | undefined, absent: number): number =>
  text === undefined ? absent : Date.parse(text);

const overlaps = (a: ChargingProfile, b: ChargingProfile): boolean =>
  time(a.validFrom, -Infinity) < time(b.validTo, Infinity) &&
  time(b.validFrom, -Infinity) < time(a.validTo, Infinity);

/**
 * Whether a profile takes the place of another: by its number, or by purpose and level at the same place (OCPP 1.6 section 5.16).
 * From OCPP 2.0.1 on two of a level may follow each other in time (K01.FR.06).
 */
function replaces(protocol: Protocol, next: KnownProfile, old: KnownProfile): boolean {
  const [a, b] = [next.profile, old.profile];
  if (a.profileId === b.profileId) return true;
  const isSamePlace = isSameConnector(next.connector, old.connector);
  const isSameLevel = a.purpose === b.purpose && a.stackLevel === b.stackLevel;
  const isOfOther = a.transactionId !== b.transactionId;
  if (!isSamePlace || !isSameLevel || isOfOther) return false;
  return !profilesMayFollow(protocol) || overlaps(a, b);
}

/** Whether a clear names a profile: by its number, which alone counts then, or by all else that it names. */
function clears(
  { profileId, connector, purpose, stackLevel }: CommandOf<'clear-charging-profile'>,
  known: KnownProfile,
): boolean {
  if (profileId !== undefined) return profileId === known.profile.profileId;
  const isThere =
    connector === undefined ||
    isSameConnector(connector, known.connector) ||
    (connector.evseId > 0 && connector.evseId === known.connector.evseId);
  return (
    isThere &&
    (purpose === undefined || purpose === known.profile.purpose) &&
    (stackLevel === undefined || stackLevel === known.profile.stackLevel)
  );
}

const setBy = (command: ProfileCommand): KnownProfile | undefined => {
  const { request, outcome, finishedAt: setAt } = command;
  if (outcome?.kind !== 'accepted' || setAt === undefined) return undefined;
  if (request.type === 'set-charging-profile') {
    return { connector: request.connector, profile: request.profile, setAt };
  }
  if (request.type !== 'start' || request.profile === undefined) return undefined;
  return { connector: request.connector ?? wholeCharger, profile: request.profile, setAt };
};

const learn =
  (protocol: Protocol) =>
  (known: readonly Known[], command: ProfileCommand): readonly Known[] => {
    const { request, outcome } = command;
    const next = setBy(command);
    if (next !== undefined) {
      return [...known.filter((old) => !replaces(protocol, next, old)), { ...next, command }];
    }
    if (request.type !== 'clear-charging-profile') return known;
    // One that the charger does not find is not there either.
    const isGone =
      outcome?.kind === 'accepted' ||
      (outcome?.kind === 'rejected' && outcome.reason === 'not-found');
    return isGone ? known.filter((one) => !clears(request, one)) : known;
  };

/** Whether a session is the one that a profile of a transaction was set for. */
function isOf({ profile, connector, setAt, command }: Known, session: Session): boolean {
  const { request, sentAt } = command;
  if (request.type === 'start') {
    return (
      sentAt !== undefined && startsSession({ ...command, request, sentAt }, session) !== 'none'
    );
  }
  if (profile.transactionId !== undefined) return profile.transactionId === session.transactionId;
  const began = session.start?.receivedAt ?? '';
  const isThere = connector.evseId === 0 || connector.evseId === session.evseId;
  return isThere && began <= setAt;
}

/** Ms within which the session of a start that brought a profile begins. */
const longestStart = 10 * 60_000;

/** A profile of a transaction ends with it; one whose validity is over is as good as gone. */
const isInForce =
  ({ sessions, now }: AroundProfiles) =>
  (known: Known): boolean => {
    const { profile, setAt, command } = known;
    if (profile.validTo !== undefined && Date.parse(profile.validTo) <= Date.parse(now))
      return false;
    if (profile.purpose !== 'transaction') return true;
    const its = sessions.filter((session) => isOf(known, session));
    if (its.some(({ state }) => state === 'active')) return true;
    const isAwaited =
      command.request.type === 'start' && Date.parse(now) - Date.parse(setAt) < longestStart;
    return its.length === 0 && isAwaited;
  };

/**
 * The charging profiles that a charger took by commands and has still, those set last first: without those that were replaced,
 * cleared, valid until a time that is over, or of a transaction that has ended. `commands` are the charger's, the latest first.
 */
export const knownChargingProfiles = (
  commands: readonly ProfileCommand[],
  around: AroundProfiles,
): readonly KnownProfile[] =>
  commands
    .toReversed()
    .reduce(learn(around.protocol), [])
    .filter(isInForce(around))
    .toReversed()
    .map(({ command: _command, ...known }) => known);
