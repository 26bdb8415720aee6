import type { EventDraft } from './event.ts';
import type { LimitReachedImage } from './state-image.ts';

/** An account reached a limit of a month: kept once for each limit that it had in that month. */
export function accountEvents(
  old: LimitReachedImage | undefined,
  { kind: _, operatorId, at, ...data }: LimitReachedImage,
): readonly EventDraft[] {
  const subject = { kind: 'operator', operatorId } as const;
  return old === undefined ? [{ type: 'account.limit_reached', subject, at, data }] : [];
}
