import { countRoutine, emitMetric, writeRoutine } from '../runtime/metrics.ts';

/** Outcomes of an attempt that failed: an alarm looks at their share. */
const failing: ReadonlySet<string> = new Set(['again', 'failed', 'given-up']);

/** The others that the alarm counts. */
const succeeding: ReadonlySet<string> = new Set(['delivered', 'looked', 'goes-on', 'finished']);

let hasSucceeded = false;

/** Counts a delivery by its outcome. A failed attempt has a line at once, and so have the others that wait for theirs. */
export function countDelivery(outcome: string): void {
  const counted = { action: 'webhooks', outcome };
  if (!failing.has(outcome)) {
    countRoutine(counted, 'Deliveries');
    hasSucceeded ||= succeeding.has(outcome);
    return;
  }
  writeDeliveries();
  emitMetric(counted, { Deliveries: 1 });
}

/**
 * Writes the deliveries that arrived, at the end of a batch: those that fail have a line each, and an instance that is taken away with the others
 * would leave these alone for the alarm.
 */
export function writeDeliveries(): void {
  if (hasSucceeded) writeRoutine();
  hasSucceeded = false;
}
