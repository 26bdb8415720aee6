import { expect, it } from 'vitest';
import type { OutboundMessage } from '../../../lambdas/outbound/delivery-message.ts';
import { sendTogether } from '../../../lambdas/outbound/send-together.ts';
import { type Breaker, createBreaker } from '../../../lambdas/webhooks/breaker.ts';

/** Ms of a delivery to a receiver that answers, of one that is put off, and the limit of an attempt that nobody answers. */
const answered = 100;
const putOff = 2;
const limit = 15_000;
const batch = 10;

/** Ms of a run with a batch: its attempts are made at once, and the last of them ends it. */
function runWith(messages: readonly string[], breaker: Breaker, at: number): number {
  let longest = putOff;
  const ends: (() => void)[] = [];
  for (const receiver of messages) {
    if (breaker.waitOf(receiver, at) > 0) continue;
    const isDead = receiver === 'dead';
    const took = isDead ? (breaker.begin(receiver, at) ?? limit) : answered;
    longest = Math.max(longest, took);
    ends.push(() => breaker.note(receiver, isDead ? 'timed-out' : 'answered', at + took));
  }
  for (const end of ends) end();
  return longest;
}

/** Ms until every message was tried or put off, by functions that each know what they saw themselves. */
function emptied(queue: readonly string[], runs: number): number {
  const functions = Array.from({ length: runs }, () => ({ free: 0, breaker: createBreaker() }));
  for (let from = 0; from < queue.length; from += batch) {
    const next = functions.reduce((a, b) => (b.free < a.free ? b : a));
    next.free += runWith(queue.slice(from, from + batch), next.breaker, next.free);
  }
  return Math.max(...functions.map(({ free }) => free));
}

const events = 10_000;
const quick = Array.from({ length: events }, () => 'quick');
const mixed = Array.from({ length: events * 2 }, (_none, n) => (n % 2 === 0 ? 'quick' : 'dead'));
const grouped = Array.from({ length: events * 2 }, (_none, n) =>
  Math.floor(n / batch) % 2 === 0 ? 'quick' : 'dead',
);

it.each([2, 10, 20])(
  'of 10,000 events the receiver beside a dead one gets the last a time limit and a fifth later at most, by %i functions',
  (runs) => {
    const alone = emptied(quick, runs);

    expect(emptied(grouped, runs)).toBeLessThanOrEqual(1.2 * alone + limit);
    // Where each batch has messages of both, there are twice as many batches.
    expect(emptied(mixed, runs)).toBeLessThanOrEqual(2 * 1.2 * alone + limit);
  },
);

it('a receiver that lets three attempts run into their limit is left alone, and others are not', () => {
  const breaker = createBreaker();
  for (const at of [0, 1, 2]) breaker.note('slow', 'timed-out', at);
  breaker.note('quick', 'answered', 2);

  expect(breaker.waitOf('slow', 3)).toBe(29_999);
  expect(breaker.waitOf('quick', 3)).toBe(0);
  expect(breaker.waitOf('slow', 30_002)).toBe(0);
});

it('a receiver that cannot be connected to is left alone after ten attempts, which cost less', () => {
  const breaker = createBreaker();
  for (let n = 0; n < 9; n += 1) breaker.note('gone', 'unreachable', n);
  expect(breaker.waitOf('gone', 9)).toBe(0);
  breaker.note('gone', 'unreachable', 9);
  expect(breaker.waitOf('gone', 9)).toBe(30_000);
});

it('whether a receiver is back is found out by one attempt at a time, twice as long after each, at last once in ten minutes', () => {
  const breaker = createBreaker();
  for (const at of [0, 0, 0, 0, 0]) breaker.note('dead', 'timed-out', at);
  const waits: number[] = [];
  let now = 0;
  for (let probe = 0; probe < 7; probe += 1) {
    const wait = breaker.waitOf('dead', now);
    waits.push(wait / 1000);
    now += wait;
    const took = breaker.begin('dead', now) ?? limit;
    expect(breaker.waitOf('dead', now)).toBeGreaterThanOrEqual(took);
    now += took;
    breaker.note('dead', 'timed-out', now);
    // Others that began before it was left alone end late.
    breaker.note('dead', 'timed-out', now);
  }
  expect(waits).toEqual([30, 60, 120, 240, 480, 600, 600]);
});

it('a probe is short, but each fourth, so that a slow receiver is found alive', () => {
  const breaker = createBreaker();
  for (const at of [0, 0, 0]) breaker.note('slow', 'timed-out', at);
  const limits = Array.from({ length: 5 }, (_none, n) => {
    const most = breaker.begin('slow', n);
    breaker.note('slow', 'timed-out', n);
    return most;
  });

  expect(limits).toEqual([5_000, 5_000, 5_000, undefined, 5_000]);
  breaker.note('slow', 'answered', 6);
  expect([breaker.waitOf('slow', 6), breaker.begin('slow', 6)]).toEqual([0, undefined]);
});

it('what is put off at the same moment is queued by one request, and each waits until it is', async () => {
  const requests: (readonly OutboundMessage[])[] = [];
  const send = sendTogether(async (messages) => {
    requests.push(messages);
  });
  const message = (n: number): OutboundMessage => ({
    ...{ kind: 'push', operatorId: 'op', partnerId: 'ptn', module: 'cdrs' },
    ...{ objectId: String(n), waitSeconds: 30 },
  });

  await Promise.all([1, 2, 3].map(async (n) => await send([message(n)])));
  await send([message(4)]);

  expect(requests.map((one) => one.length)).toEqual([3, 1]);
});

it('a request that fails fails all that was put off by it, and nothing after it', async () => {
  let isFailing = true;
  const send = sendTogether(async () => {
    if (isFailing) throw new Error('no queue');
  });
  const failed = await Promise.allSettled([send([]), send([])]);
  isFailing = false;

  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(send([])).resolves.toBeUndefined();
});
