import type { TokenStatus } from './token.ts';

const statuses: readonly TokenStatus[] = ['Accepted', 'Blocked', 'Expired', 'Invalid'];

/** The status of a token as it was kept; `Invalid` for any other word. */
export const tokenStatusOf = (word: string): TokenStatus =>
  statuses.find((one) => one === word) ?? 'Invalid';
