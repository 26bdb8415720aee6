import type { ConnectionQuirkName } from './connection-quirks.ts';

/**
 * The limit to ask for on the next page: not more than the partner says it gives, unless its `X-Limit` is known to be
 * the number of objects that it just gave.
 */
export const nextLimit = (
  asked: number,
  statedLimit: string | undefined,
  quirks: readonly ConnectionQuirkName[],
): number => {
  const stated = Number(statedLimit ?? Number.NaN);
  const isUsable = Number.isSafeInteger(stated) && stated > 0 && !quirks.includes('limit-is-count');
  return isUsable ? Math.min(asked, stated) : asked;
};
