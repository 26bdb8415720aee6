import { readOurParties } from '../store/partners/ocpi-settings.ts';
import type { Database } from '../store/table/client.ts';
import type { SendPartnerMessages } from './send-partner-messages.ts';

/** Seconds, longer than a call takes: by then the token is changed, or the call has ended before it changed it. */
const afterCall = 60;

/** Seconds by which clocks of functions may differ, and more. */
const apart = 10;

type Telling = {
  readonly database: Database;
  readonly operatorId: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly sendPartnerMessages: SendPartnerMessages;
};

/**
 * Changes a token, or deletes it, and has partners shown that at once, where the operator has drivers for partners. Wherever the call dies, they are
 * shown what it changed: a look at the token after the call is asked for before anything is changed.
 */
export async function changeAndTell<T>(
  { database, operatorId, now, sendPartnerMessages }: Telling,
  tokenId: string,
  change: () => Promise<T>,
): Promise<T> {
  const parties = await readOurParties(database, operatorId);
  if (!parties.some(({ roles }) => roles.includes('EMSP'))) return await change();
  const look = { kind: 'token' as const, operatorId, tokenId };
  const shownFrom = new Date(Date.parse(now) + (afterCall - apart) * 1000).toISOString();
  await sendPartnerMessages([{ ...look, shownFrom }], afterCall);
  const changed = await change();
  await sendPartnerMessages([look]);
  return changed;
}
