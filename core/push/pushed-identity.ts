import { sessionId } from '../session/session-id.ts';
import { isoInstant } from '../units/instant.ts';
import { parseInstant } from '../units/parse-instant.ts';
import type { PushedRecord } from './pushed-record.ts';

/** The identity of a pushed session: equal for records that say the same, whoever of an operator's keys pushed them. */
export type PushedIdentity = {
  readonly sessionId: string;
  /** Both times in UTC and the energy: what makes the session the one that it is. */
  readonly transactionId: string;
  /** The end of the session, ISO 8601 in UTC with milliseconds. */
  readonly endedAt: string;
};

const inUtc = (time: string): string => {
  const parsed = parseInstant(time);
  if (parsed.kind !== 'instant') throw new Error('a pushed record with a time that has no offset');
  return isoInstant(parsed.at);
};

/**
 * Derives the identity of a pushed session from its times, as points in time, and its energy. Throws for a record whose times
 * were not validated.
 */
export const pushedIdentity = (operatorId: string, record: PushedRecord): PushedIdentity => {
  const endedAt = inUtc(record.carDisconnected);
  const transactionId = `${inUtc(record.carConnected)}/${endedAt}/${record.kiloWattHours}`;
  return { sessionId: sessionId(`${operatorId}\npush`, transactionId), transactionId, endedAt };
};
