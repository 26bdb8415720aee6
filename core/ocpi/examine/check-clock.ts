import { mostApart } from '../received/times-ahead.ts';
import type { PartnerCheck } from './partner-check.ts';

/** Compares a partner's clock with ours; `date` is its header Date, and our times, epoch ms, are those around its answer. */
export function checkClock(
  date: string | undefined,
  askedAt: number,
  answeredAt: number,
): PartnerCheck {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) {
    return { name: 'clock', ok: true, detail: 'not compared: its answers have no header Date' };
  }
  // The header has whole seconds.
  const early = Math.max(0, askedAt - (theirs + 999));
  const late = Math.max(0, theirs - answeredAt);
  const apart = Math.max(early, late);
  const detail = `${(apart / 1000).toFixed(1)} s ${late > 0 ? 'ahead of' : 'behind'} ours`;
  return apart === 0
    ? { name: 'clock', ok: true, detail: 'as ours' }
    : { name: 'clock', ok: apart <= mostApart, detail };
}
