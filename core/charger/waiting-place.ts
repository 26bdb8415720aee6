/** A charger in a waiting room, as far as its place depends on it. Times are ISO 8601 in UTC. */
export type Waiting = {
  /** In the form in which ids are compared. */
  readonly id: string;
  readonly lastSeenAt: string;
  readonly dismissedAt?: string | undefined;
};

/** Ms between two attempts of a charger that are noted: whoever tries each second costs no write each second. */
const notedEvery = 600_000;

/** Whether a charger's time in the waiting room is over, `hours` after its last attempt that was noted. */
export const isWaitOver = ({ lastSeenAt }: Waiting, hours: number, now: number): boolean =>
  now - Date.parse(lastSeenAt) > hours * 3_600_000;

/**
 * The next thing to do when a charger that nobody registered tries to connect: `enter`, also to note that it came again; `leave` for
 * one whose time is over, to make room for it; or nothing, where that is noted, it was dismissed or all places are taken. `now` is
 * epoch ms.
 */
export function waitingPlace(
  id: string,
  waiting: readonly Waiting[],
  { places, hours }: { readonly places: number; readonly hours: number },
  now: number,
): { readonly kind: 'enter' | 'nothing' } | { readonly kind: 'leave'; readonly id: string } {
  const own = waiting.find((one) => one.id === id);
  if (own !== undefined && !isWaitOver(own, hours, now)) {
    const isNoted = now - Date.parse(own.lastSeenAt) < notedEvery;
    return { kind: isNoted || own.dismissedAt !== undefined ? 'nothing' : 'enter' };
  }
  if (own !== undefined || waiting.length < places) return { kind: 'enter' };
  const over = waiting.find((one) => isWaitOver(one, hours, now));
  return over === undefined ? { kind: 'nothing' } : { kind: 'leave', id: over.id };
}
