import { isOurStop } from '../../session/is-our-stop.ts';
import type { Session } from '../../session/session.ts';
import type { EvidenceMessage } from '../evidence.ts';
import type { StoredMessage } from '../model/stored-message.ts';
import type { DecodedMessage } from './cdr-rules.ts';
import { repeatedNumbers } from './repeated-numbers.ts';

/** A message that the CDR of a session may be made from. */
export type PartMessage = StoredMessage & EvidenceMessage;

/**
 * True if a session whose transaction has the id of another one may have messages of that one, or that one messages of it: it has two
 * ends, a number twice, or a message of another EVSE; its start says that it goes on with one, and none is known that it could go on with,
 * so that it may have begun before; the next one began elsewhere while it had no stop; or the charger's clock was not set, so that no
 * time tells them apart. `messages` are all that were stored in its part, late ones included.
 */
export const isMixed = (
  { part, start, stop, evseId }: Session,
  messages: readonly PartMessage[],
  decoded: readonly DecodedMessage[],
): boolean => {
  if (part === undefined) return false;
  const isUnstopped = stop === undefined || isOurStop(stop);
  const own = messages.filter(({ sessionId }) => sessionId !== undefined);
  const ends = new Set(own.filter(({ kind }) => kind === 'stop').map(({ at }) => at));
  return (
    part.isUntimed === true ||
    (part.from !== undefined && start?.isContinued === true) ||
    (part.isBeside === true && isUnstopped) ||
    ends.size > 1 ||
    repeatedNumbers(decoded).length > 0 ||
    own.some((one) => one.evseId > 0 && evseId > 0 && one.evseId !== evseId)
  );
};
