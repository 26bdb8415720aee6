import type { Key } from './key.ts';

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

/** The sums of the CDRs of an account's drivers at roaming partners, of a month in one currency; read with the account. */
export const accountRoamingKey = (
  operatorId: string,
  accountId: string,
  month: string,
  currency: string,
): Key => ({
  pk: account(operatorId, accountId),
  sk: `ROAMING#${month}#${currency}`,
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

/** The bill of a session, and what was paid of it. */
export const billKey = (sessionId: string): Key => ({ pk: `BILL#${sessionId}`, sk: 'BILL' });

/** Partition of the bills of an operator in a state. */
export const billsList = (operatorId: string, state: string, shard: number): string =>
  `${operatorId}#BILL#${state}#${shard}`;

/** Partition of all bills of an operator, in the index of each charger's sessions. */
export const allBillsList = (operatorId: string, shard: number): string =>
  `${operatorId}#BILL#${shard}`;

/** How the bills of an operator are paid. */
export const paymentSettingsKey = (operatorId: string): Key => ({
  pk: `OPERATOR#${operatorId}`,
  sk: 'PAYMENTS',
});

/** A driver's attempt to pay for a session of theirs. */
export const attemptKey = (attemptId: string): Key => ({
  pk: `PAYMENT#${attemptId.toLowerCase()}`,
  sk: 'ATTEMPT',
});

/** The place where a link to pay leads, or the attempt that another one follows, by the SHA-256 of its token in hex. */
export const payLinkKey = (tokenHash: string): Key => ({
  pk: `PAYMENT#LINK#${tokenHash}`,
  sk: 'LINK',
});

/** The link to pay at a connector, which it has one of. */
export const payLinkOfConnectorKey = (
  chargerKey: string,
  evseId: number,
  connectorId: number,
): Key => ({ pk: `PAYMENT#CONNECTOR#${chargerKey}`, sk: `${evseId}#${connectorId}` });
