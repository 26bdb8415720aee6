import type { Message } from './message.ts';

/** Messages of a group in flight from which on it is noisy, and its share of all in flight. */
const noisyFrom = 30;
const noisyShare = 0.1;

/**
 * The order in which a standard queue hands out messages: those of noisy groups last, which have 30 or more messages in flight, and more
 * than a tenth of all of them (fair queues of SQS). Messages without a group are a group of their own each.
 */
export function inFairOrder(messages: readonly Message[], now: number): readonly Message[] {
  const inFlight = messages.filter(
    ({ receiptHandle, visibleAt }) => receiptHandle !== undefined && visibleAt > now,
  );
  const counts = new Map<string, number>();
  for (const { groupId } of inFlight) {
    if (groupId !== undefined) counts.set(groupId, (counts.get(groupId) ?? 0) + 1);
  }
  const isNoisy = ({ groupId }: Message): boolean => {
    const count = groupId === undefined ? 0 : (counts.get(groupId) ?? 0);
    return count >= noisyFrom && count > inFlight.length * noisyShare;
  };
  if (counts.size === 0) return messages;
  return [...messages.filter((one) => !isNoisy(one)), ...messages.filter(isNoisy)];
}
