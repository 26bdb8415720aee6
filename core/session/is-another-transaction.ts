import { isPossibleTime, ownTimeOf } from '../metering/points/charger-time.ts';
import { ownTokenOf } from './present-token.ts';
import type { Session, SessionStart } from './session.ts';

/** A start under the transaction id of a session that has one. */
export type OtherStart = {
  /** As the charger wrote it; absent where it gave none. */
  readonly startedAt?: string;
  /** Our clock, epoch ms. */
  readonly receivedAt: number;
  readonly tokenId?: string;
  /** True if its number or its reason says that its transaction had begun before. */
  readonly isContinued?: boolean;
};

/**
 * True if a start is of another transaction than the one that is known by its id, because the charger counts its ids from the beginning
 * again: they have different times, and the later one is the first message of its transaction, or names somebody else. It is decided by the
 * two starts alone, so that it does not matter what else came, and when, nor which of them came first. A start of the same time is the
 * same one, and one without a time may be.
 */
export const isAnotherTransaction = (
  known: SessionStart,
  { startedAt, receivedAt, tokenId = '', isContinued = false }: OtherStart,
  timeZone: string,
): boolean => {
  if (startedAt === undefined) return false;
  const at = ownTimeOf(startedAt, receivedAt, timeZone);
  const knownAt = ownTimeOf(known.startedAt, Date.parse(known.receivedAt), timeZone);
  if (at === knownAt) return false;
  const knownToken = ownTokenOf(known);
  const isSomebodyElse =
    tokenId !== '' && knownToken !== '' && tokenId.toUpperCase() !== knownToken.toUpperCase();
  const laterGoesOn = at > knownAt ? isContinued : known.isContinued === true;
  return !laterGoesOn || isSomebodyElse;
};

/**
 * True if a session came to its end before a start of the same content was received, whose time (as the charger wrote it) cannot be one: after a
 * restart such a clock gives the next transaction the time of the one before, so this is another one. Until then, and where the
 * end came before its own start, it is the start of the session once more. `receivedAt`: our clock, epoch ms.
 */
export const followsEndOf = (
  { start, stop, timeZone }: Pick<Session, 'start' | 'stop' | 'timeZone'>,
  startedAt: string | undefined,
  receivedAt: number,
): boolean =>
  start !== undefined &&
  stop !== undefined &&
  start.receivedAt <= stop.receivedAt &&
  !isPossibleTime(startedAt, receivedAt, timeZone);
