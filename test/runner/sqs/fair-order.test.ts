import { expect, it } from 'vitest';
import { inFairOrder } from '../../../runner/sqs/fair-order.ts';
import type { Message } from '../../../runner/sqs/message.ts';

const now = 1_000;

const waiting = (id: string, groupId?: string): Message => ({
  id,
  body: '{}',
  attributes: {},
  sentAt: 0,
  visibleAt: 0,
  receiveCount: 0,
  ...(groupId === undefined ? {} : { groupId }),
});
const inFlight = (id: string, groupId: string): Message => ({
  ...waiting(id, groupId),
  visibleAt: now + 1,
  receiveCount: 1,
  receiptHandle: id,
});
const many = (count: number, make: (id: string, group: string) => Message, group: string) =>
  Array.from({ length: count }, (_, n) => make(`${group}${n}`, group));

it('one message of a quiet group comes before ten thousand of a receiver that keeps a hundred in flight', () => {
  const messages = [
    ...many(100, inFlight, 'dead'),
    ...many(10_000, (id, group) => waiting(`w${id}`, group), 'dead'),
    waiting('other', 'quick'),
  ];
  const receivable = inFairOrder(messages, now).filter(({ visibleAt }) => visibleAt <= now);

  expect(receivable[0]?.id).toBe('other');
  expect(receivable).toHaveLength(10_001);
});

it('a group with fewer than thirty messages in flight, or no more than a tenth of all, waits for nobody', () => {
  const few = [...many(29, inFlight, 'a'), waiting('first', 'a'), waiting('second', 'b')];
  const share = [
    ...many(30, inFlight, 'a'),
    ...many(300, inFlight, 'b'),
    waiting('first', 'a'),
    waiting('second', 'c'),
  ];
  const open = (messages: readonly Message[]) =>
    inFairOrder(messages, now).filter(({ visibleAt }) => visibleAt <= now);

  for (const messages of [few, share]) {
    expect(open(messages).map(({ id }) => id)).toEqual(['first', 'second']);
  }
});

it('messages without groups keep their order', () => {
  const messages = [waiting('1'), waiting('2'), waiting('3')];

  expect(inFairOrder(messages, now)).toEqual(messages);
});
