import type { ConnectionQuirkName } from './connection-quirks.ts';

/**
 * The most objects that a page of a partner has, by its `X-Limit`; undefined where it states none, or where that is known to be the
 * number of objects that it just gave.
 */
export const statedLimit = (
  header: string | undefined,
  quirks: readonly ConnectionQuirkName[],
): number | undefined => {
  const stated = Number(header ?? Number.NaN);
  const isUsable = Number.isSafeInteger(stated) && stated > 0 && !quirks.includes('limit-is-count');
  return isUsable ? stated : undefined;
};
