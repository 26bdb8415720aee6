import { expect, it } from 'vitest';
import { type Breaker, createBreaker } from '../../../lambdas/webhooks/breaker.ts';

/** Ms of an attempt: that of a receiver that answers, and the limit of one that never does. */
const answered = 100;
const limit = 15_000;
const [runs, batch] = [10, 10] as const;

/** Ms of a run with a batch: its attempts are made at once, and the last of them ends it. */
function runWith(messages: readonly string[], breaker: Breaker, at: number): number {
  let longest = 0;
  for (const receiver of messages) {
    if (breaker.isOpen(receiver, at)) continue;
    const isDead = receiver === 'dead';
    longest = Math.max(longest, isDead ? limit : answered);
    breaker.note(receiver, isDead, at + (isDead ? limit : answered));
  }
  return longest;
}

/** Ms until every message was tried, by functions that each know what they saw themselves. */
function emptied(queue: readonly string[], breakers: readonly Breaker[]): number {
  const free = breakers.map(() => 0);
  for (let from = 0; from < queue.length; from += batch) {
    const next = free.indexOf(Math.min(...free));
    const at = free[next] ?? 0;
    const breaker = breakers[next];
    const messages = queue.slice(from, from + batch);
    if (breaker !== undefined) free[next] = at + runWith(messages, breaker, at);
  }
  return Math.max(...free);
}

const events = 10_000;
const own = (): readonly Breaker[] => Array.from({ length: runs }, createBreaker);
const never: Breaker = { isOpen: () => false, note: () => undefined };

it('of 10,000 events the receiver beside a dead one gets the last a time limit later, and not an hour', () => {
  const alone = emptied(
    Array.from({ length: events }, () => 'quick'),
    own(),
  );
  const queue = Array.from({ length: events * 2 }, (_none, n) => (n % 2 === 0 ? 'quick' : 'dead'));
  const beside = emptied(queue, own());

  // Twice as many batches, and one attempt that hangs in each function.
  expect(beside).toBeLessThanOrEqual(2 * alone + limit);
  expect(
    emptied(
      queue,
      Array.from({ length: runs }, () => never),
    ),
  ).toBeGreaterThan(2_000_000);
});
