import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import { isOutdated } from '../../../core/ocpi/received/times-ahead.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';

/** The judgement on an object by what is held: it is kept as it is then, or the partner is answered why nothing changes. */
export type Judged<T> = { readonly kind: 'keep'; readonly object: T } | OcpiOutcome;

/** The outcome of keeping an object; `changed` where somebody else changed it at this moment. */
export type Kept = OcpiOutcome | 'changed';

/** How often changes of one object may meet. */
const mostMeetings = 20;

/** Judges and keeps an object again as long as others change it at the same time. */
export async function despiteOthers(attempt: () => Promise<Kept>): Promise<OcpiOutcome> {
  for (let n = 0; n < mostMeetings; n += 1) {
    const kept = await attempt();
    if (kept !== 'changed') return kept;
  }
  throw new ConcurrentUpdateError('An object of a partner kept being changed');
}

/** Judges an object that a partner sends whole: an older one than what is held arrived late, and changes nothing. `receivedAt` is ISO 8601 in UTC. */
export const ifNotOlder = <T extends { readonly lastUpdated: string }>(
  held: { readonly lastUpdated: string } | undefined,
  object: T,
  receivedAt: string,
): Judged<T> =>
  isOutdated(object.lastUpdated, held?.lastUpdated, receivedAt)
    ? { kind: 'ok' }
    : { kind: 'keep', object };

/** The outcome for an object that no item of the database holds. */
export const tooLarge = (path: string): OcpiOutcome => ({
  kind: 'invalid',
  problems: [{ path, message: 'This is larger than we keep, 1 MB as text.' }],
});
