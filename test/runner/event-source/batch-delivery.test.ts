import { expect, it } from 'vitest';
import { createBatchDelivery } from '../../../runner/event-source/batch-delivery.ts';
import { createPause } from '../../../runner/event-source/pause.ts';
import type { SourceRecord } from '../../../runner/event-source/source-record.ts';

const recordOf = (text: string, at: number): SourceRecord => ({
  ...{ sequence: BigInt(at), key: '', writtenAt: 0 },
  event: { eventName: 'INSERT', dynamodb: { NewImage: { text: { S: text } } } },
});

/** The batches that are made of five records with these texts. */
async function batchesOf(
  text: string,
  batchSize = 100,
): Promise<readonly (readonly SourceRecord[])[]> {
  const batches: (readonly SourceRecord[])[] = [];
  const settings = { batchSize, windowMilliseconds: 0 };
  const delivery = createBatchDelivery(settings, {}, createPause(), async (records) => {
    batches.push(records);
  });
  for (let at = 1; at <= 5; at += 1) delivery.add(recordOf(text, at));
  await delivery.idle();
  return batches;
}

it.each<[string, string, readonly number[]]>([
  ['small', 'a', [5]],
  ['large, but no more together than an invocation carries', 'a'.repeat(1_000_000), [5]],
  ['larger together than an invocation carries', 'a'.repeat(1_400_000), [3, 2]],
  ['of characters that JSON writes as six', '\u0001'.repeat(400_000), [2, 2, 1]],
  ['each larger than an invocation carries', 'a'.repeat(6_000_000), [1, 1, 1, 1, 1]],
])('records that are %s make batches that their function can be given', async (_, text, sizes) => {
  const batches = await batchesOf(text);
  expect(batches.map(({ length }) => length)).toEqual(sizes);
  expect(batches.flat().map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3, 4, 5]);
});

it('a batch has no more records than its mapping says', async () => {
  const batches = await batchesOf('a', 2);
  expect(batches.map(({ length }) => length)).toEqual([2, 2, 1]);
});
