import type { Key } from './keys.ts';

const account = (operatorId: string, accountId: string): string =>
  `ACCOUNT#${operatorId}#${accountId}`;

/** Who pays for the sessions of some tokens. */
export const accountKey = (operatorId: string, accountId: string): Key => ({
  pk: account(operatorId, accountId),
  sk: 'ACCOUNT',
});

/** The sessions of an account with limits that run, beside it: both are read at once. */
export const accountRunningKey = (operatorId: string, accountId: string): Key => ({
  pk: account(operatorId, accountId),
  sk: 'RUNNING',
});

/** That an account reached a limit in a month: one item for each limit that it had, so that it is said once. */
export const limitReachedKey = (
  operatorId: string,
  accountId: string,
  month: string,
  kind: string,
  limit: string,
): Key => ({
  pk: account(operatorId, accountId),
  sk: `USEDUP#${month}#${kind}#${limit}`,
});

/** The link to a session's receipt. */
export const receiptOfSessionKey = (sessionId: string): Key => ({
  pk: `RECEIPT#SESSION#${sessionId}`,
  sk: 'RECEIPT',
});

/** The session whose receipt a link opens, by the SHA-256 of its token in hex. */
export const receiptLinkKey = (tokenHash: string): Key => ({
  pk: `RECEIPT#LINK#${tokenHash}`,
  sk: 'RECEIPT',
});
