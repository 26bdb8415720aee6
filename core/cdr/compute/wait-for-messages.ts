/** The shortest and the longest time between two looks at a session that waits, ms. */
const shortest = 60_000;
const longest = 15 * shortest;

/** How long a CDR has waited: since the end of its session was stored, and until when it may, epoch ms. */
export type Waiting = { readonly since: number; readonly until: number };

/**
 * How long, in ms, until a session is looked at again whose CDR waits for missing messages: soon at first, since most of them are
 * only in another order, and then as long as it has waited already; never beyond the time that it may wait. Undefined once that is over.
 */
export const nextLookIn = ({ since, until }: Waiting, now: number): number | undefined => {
  if (now >= until) return undefined;
  const waited = Math.max(0, now - since);
  return Math.min(Math.max(shortest, waited), longest, until - now);
};
