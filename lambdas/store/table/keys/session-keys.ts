import type { Key } from './key.ts';

/** A session: facts only. */
export const sessionKey = (sessionId: string): Key => ({
  pk: `SESSION#${sessionId}`,
  sk: 'SESSION',
});

/** The running view of a session: energy, power and cost so far. */
export const runningViewKey = (sessionId: string): Key => ({
  pk: `SESSION#${sessionId}`,
  sk: 'LIVE',
});

/** A token that was presented for a session before its start arrived. */
export const presentedTokenKey = (sessionId: string): Key => ({
  pk: `SESSION#${sessionId}`,
  sk: 'TOKEN',
});

/** A CDR that is held: it may be replaced while it is. */
export const heldKey = (sessionId: string): Key => ({ pk: `SESSION#${sessionId}`, sk: 'HELD' });

/** Start of the sort keys of the starts under a transaction id that has several. */
export const transactionStartPrefix = 'PART#';

/** A start under a transaction id that has several: by the session that has the id alone, and the charger's time. */
export const transactionStartKey = (sessionId: string, at: string): Key => ({
  pk: sessionKey(sessionId).pk,
  sk: `${transactionStartPrefix}${at}`,
});
