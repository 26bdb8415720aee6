import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Checkpoint, CheckpointFile } from '../../../runner/event-source/checkpoint.ts';
import type { EventSourceMapping } from '../../../runner/event-source/event-source-mapping.ts';
import { startStreamMappings } from '../../../runner/event-source/start-stream-mappings.ts';
import type { Invocation } from '../../../runner/runner-interfaces.ts';
import { asJsonObject, asList } from '../../../runner/template/json-object.ts';
import { failed, succeeded } from './event-source-fixture.ts';
import { keyOf, streamOfRecords } from './stream-of-records.ts';

const sequencesOf = (event: unknown): readonly number[] =>
  asList(asJsonObject(event)['Records']).map((record) =>
    Number(asJsonObject(asJsonObject(record)['dynamodb'])['SequenceNumber']),
  );

/** A checkpoint that a crash takes back to the last but one that was saved. */
function crashingCheckpoint() {
  let saved: (Checkpoint | undefined)[] = [undefined];
  const file: CheckpointFile = {
    load: () => saved.at(-1),
    save: (checkpoint) => void saved.push(checkpoint),
    flush: () => {},
  };
  const crash = () => {
    saved = saved.slice(0, Math.max(1, saved.length - 1));
  };
  return { file, crash, last: () => saved.at(-1) };
}

type Outcome = 'succeeds' | 'fails' | 'throttled' | 'fails from the middle';

/** A function with its mapping; the outcomes of its first runs are given. */
function followerOf(id: string, settings: Partial<EventSourceMapping>, outcomes: Outcome[]) {
  const mapping: EventSourceMapping = {
    ...{ id, functionArn: id, sourceArn: 'arn', patterns: [], batchSize: 3 },
    ...{ windowMilliseconds: 0, fromLatest: false, width: 1, reportsItemFailures: true },
    ...{ bisects: true, retries: Number.POSITIVE_INFINITY },
    maxAgeMilliseconds: Number.POSITIVE_INFINITY,
    ...settings,
  };
  const taken: number[] = [];
  const run = (event: unknown): Invocation => {
    const sequences = sequencesOf(event);
    const middle = Math.floor(sequences.length / 2);
    switch (outcomes.shift() ?? 'succeeds') {
      case 'fails':
        return failed;
      case 'throttled':
        return { kind: 'throttled' };
      case 'fails from the middle': {
        taken.push(...sequences.slice(0, middle));
        const itemIdentifier = String(sequences[middle]).padStart(21, '0');
        return { kind: 'returned', payload: { batchItemFailures: [{ itemIdentifier }] } };
      }
      default:
        taken.push(...sequences);
        return succeeded;
    }
  };
  return { id, mapping, checkpoint: crashingCheckpoint(), taken, run };
}

type Follower = ReturnType<typeof followerOf>;
type Stream = ReturnType<typeof streamOfRecords>;

type Around = (arn: string, run: () => Invocation) => Promise<Invocation>;

const start = (
  { engine }: Stream,
  followers: readonly Follower[],
  around: Around = async (_arn, run) => run(),
) =>
  startStreamMappings({
    mappings: followers.map(({ mapping, checkpoint }) => ({
      mapping,
      checkpoint: checkpoint.file,
    })),
    table: { name: 'readings', streamArn: 'arn' },
    engine,
    invoke: (arn, event) =>
      around(arn, () => followers.find(({ id }) => id === arn)?.run(event) ?? failed),
    sendFailure: () => {},
    options: { backoffScale: 0 },
  });

/** A function that ends when it is released, and one that says when it has taken so many records. */
function slowAndQuick(count: number) {
  const [slow, quick] = [followerOf('slow', {}, []), followerOf('quick', {}, [])];
  const released = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const around: Around = async (arn, run) => {
    if (arn === 'slow') await released.promise;
    const invocation = run();
    if (quick.taken.length === count) arrived.resolve();
    return invocation;
  };
  return { slow, quick, around, release: released.resolve, arrived: arrived.promise };
}

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

const someKeys = [
  { dynamodb: { Keys: { pk: { S: [keyOf(0)] } } } },
  { dynamodb: { Keys: { pk: { S: [keyOf(1)] } } } },
];

const outcomes = fc.array(
  fc.constantFrom<Outcome>('succeeds', 'fails', 'throttled', 'fails from the middle'),
  { maxLength: 12 },
);

type Round = { readonly count: number; readonly rollsOver: boolean };

/** Writes round by round, and lets all work each round off before they crash; at last without a crash. */
async function workOff(stream: Stream, followers: readonly Follower[], rounds: readonly Round[]) {
  for (const { count, rollsOver } of [...rounds, { count: 0, rollsOver: false }]) {
    const source = await start(stream, followers);
    stream.write(count);
    source.wake();
    await source.settle();
    await source.stop();
    if (count > 0) for (const { checkpoint } of followers) checkpoint.crash();
    if (rollsOver) stream.rollOver();
  }
}

/** The numbers of the records of one item, without those that came again. */
const firstTimesOf = (taken: readonly number[], key: number): readonly number[] =>
  [...new Set(taken)].filter((each) => keyOf(each) === keyOf(key));

describe('functions that follow one stream', () => {
  it('each gets every record that it wants, those of an item in order, however the others fail, and after a crash what was in work again', async () => {
    const round = fc.record({ count: fc.integer({ min: 1, max: 9 }), rollsOver: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(outcomes, outcomes, outcomes),
        fc.array(round, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 2, max: 12 }),
        async ([first, second, third], rounds, mostOfPage) => {
          const stream = streamOfRecords(mostOfPage);
          const followers = [
            followerOf('all', {}, first),
            followerOf('some', { patterns: someKeys, batchSize: 2 }, second),
            followerOf('wide', { width: 3 }, third),
          ];
          await workOff(stream, followers, rounds);
          const written = upTo(stream.newest());
          for (const { id, taken } of followers) {
            const keys = id === 'some' ? [0, 1] : [0, 1, 2];
            for (const key of keys) {
              expect(firstTimesOf(taken, key)).toEqual(firstTimesOf(written, key));
            }
          }
          expect(firstTimesOf(followers[1]?.taken ?? [], 2)).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('one whose function does not end holds nobody back, and misses nothing', async () => {
    const stream = streamOfRecords(100);
    const { slow, quick, around, release, arrived } = slowAndQuick(21);
    const source = await start(stream, [slow, quick], around);
    for (let n = 0; n < 7; n += 1) {
      stream.write(3);
      source.wake();
    }
    await arrived;
    expect(slow.taken).toEqual([]);
    release();
    await source.settle();
    await source.stop();
    expect(slow.taken).toEqual(upTo(21));
    expect(quick.taken).toEqual(upTo(21));
  });

  it('each finishes a shard before it begins the next one, and waits for no other', async () => {
    const stream = streamOfRecords(100);
    const { slow, quick, around, release, arrived } = slowAndQuick(4);
    const source = await start(stream, [slow, quick], around);
    stream.write(2);
    stream.rollOver();
    stream.write(2);
    source.wake();
    await arrived;
    expect(slow.checkpoint.last()).toBeUndefined();
    release();
    await source.settle();
    await source.stop();
    expect(slow.taken).toEqual(upTo(4));
    expect(slow.checkpoint.last()).toEqual({ shardId: 'shardId-2', sequence: 4n });
  });
});
