import { countRoutine, emitMetric, writeRoutine } from '../runtime/metrics.ts';

/** Outcomes of an attempt that failed: an alarm looks at their share. */
const failing: ReadonlySet<string> = new Set(['again', 'failed', 'given-up']);

/** Counts a delivery by its outcome. A failed attempt has a line at once, and so have the others that wait for theirs. */
export function countDelivery(outcome: string): void {
  const counted = { action: 'webhooks', outcome };
  if (!failing.has(outcome)) {
    countRoutine(counted, 'Deliveries');
    return;
  }
  writeRoutine();
  emitMetric(counted, { Deliveries: 1 });
}
