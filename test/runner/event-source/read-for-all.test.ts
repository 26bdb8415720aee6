import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readForAll } from '../../../runner/event-source/read-for-all.ts';
import { openShardReader } from '../../../runner/event-source/shard-reader.ts';
import type { SourceRecord } from '../../../runner/event-source/source-record.ts';
import { streamOfRecords } from './stream-of-records.ts';

const table = { name: 'readings', streamArn: 'arn' };

type Stream = ReturnType<typeof streamOfRecords>;

/** A mapping that notes what it takes; `isReady` says whether it has room. */
async function openMapping({ engine }: Stream, fromLatest = false) {
  let reader = await openShardReader(engine, table, undefined, fromLatest);
  const taken: { readonly shardId: string; readonly record: SourceRecord }[] = [];
  let isReady = true;
  return {
    mapping: {
      get reader() {
        return reader;
      },
      isReady: () => isReady,
      take: (read: { readonly shardId: string; readonly records: readonly SourceRecord[] }) => {
        taken.push(...read.records.map((record) => ({ shardId: read.shardId, record })));
      },
    },
    setReady: (ready: boolean) => {
      isReady = ready;
    },
    records: () => taken.map(({ record }) => record),
    sequences: () => taken.map(({ record }) => Number(record.sequence)),
    /** Begins again, without the last that it took: they were in work. */
    restart: async (inWork: number) => {
      taken.splice(Math.max(0, taken.length - inWork));
      const last = taken.at(-1);
      const checkpoint = last && { shardId: last.shardId, sequence: last.record.sequence };
      reader = await openShardReader(engine, table, checkpoint, false);
    },
  };
}

type Mapping = Awaited<ReturnType<typeof openMapping>>;

const mappingsOf = (all: readonly Mapping[]) => all.map(({ mapping }) => mapping);

/** Lets everybody read until there is nothing more, in any shard. */
async function readOut(stream: Stream, all: readonly Mapping[]): Promise<void> {
  for (const each of all) each.setReady(true);
  const isThere = () => all.every((each) => each.sequences().at(-1) === stream.newest());
  for (let n = 0; n < 300 && stream.newest() > 0 && !isThere(); n += 1) {
    await readForAll(mappingsOf(all));
  }
}

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

describe('several functions that follow one stream', () => {
  const which = fc.nat(2);
  const step = fc.oneof(
    fc.record({ kind: fc.constant('write' as const), count: fc.integer({ min: 1, max: 7 }) }),
    fc.record({
      kind: fc.constant('read' as const),
      ready: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    }),
    fc.record({ kind: fc.constant('restart' as const), which, inWork: fc.nat(6) }),
    fc.record({ kind: fc.constant('roll over' as const) }),
    fc.record({ kind: fc.constant('expire' as const) }),
    fc.record({ kind: fc.constant('outage' as const) }),
  );
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  async function follow(one: Step, stream: Stream, all: readonly Mapping[]): Promise<void> {
    switch (one.kind) {
      case 'write':
        stream.write(one.count);
        return;
      case 'read':
        for (const [at, each] of all.entries()) each.setReady(one.ready[at] ?? false);
        await readForAll(mappingsOf(all));
        return;
      case 'restart':
        await all[one.which]?.restart(one.inWork);
        return;
      case 'roll over':
        stream.rollOver();
        return;
      case 'expire':
        stream.expireIterators();
        return;
      case 'outage':
        stream.setAway(true);
        await readForAll(mappingsOf(all)).catch(() => 0);
        stream.setAway(false);
        return;
      default:
        one satisfies never;
    }
  }

  it('each takes every record once and in order, whoever has room, was restarted or is behind, and wherever shards and iterators end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 25 }),
        fc.integer({ min: 1, max: 10 }),
        async (steps, mostOfPage) => {
          const stream = streamOfRecords(mostOfPage);
          const all = await Promise.all([0, 1, 2].map(() => openMapping(stream)));
          for (const one of steps) await follow(one, stream, all);
          await readOut(stream, all);
          for (const each of all) expect(each.sequences()).toEqual(upTo(stream.newest()));
        },
      ),
    );
  });

  it('those at the same place share one read and its records', async () => {
    const stream = streamOfRecords(100);
    const all = await Promise.all([0, 1, 2].map(() => openMapping(stream)));
    stream.write(5);
    expect(await readForAll(mappingsOf(all))).toBe(5);
    expect(stream.reads()).toBe(1);
    const [first, ...others] = all.map((each) => each.records());
    for (const records of others) {
      expect(records.every((record, at) => record === first?.[at])).toBe(true);
    }
  });

  it('one that had no room takes what it missed in the read that all others share from then on', async () => {
    const stream = streamOfRecords(100);
    const all = await Promise.all([0, 1, 2].map(() => openMapping(stream)));
    all[0]?.setReady(false);
    stream.write(5);
    await readForAll(mappingsOf(all));
    stream.write(5);
    await readForAll(mappingsOf(all));
    expect(all[0]?.sequences()).toEqual([]);
    expect(all[1]?.sequences()).toEqual(upTo(10));
    all[0]?.setReady(true);
    stream.write(5);
    const before = stream.reads();
    await readForAll(mappingsOf(all));
    expect(stream.reads() - before).toBe(1);
    for (const each of all) expect(each.sequences()).toEqual(upTo(15));
  });

  it('one that is far behind reads by itself, and keeps nobody from the newest records', async () => {
    const stream = streamOfRecords(10);
    const all = await Promise.all([0, 1].map(() => openMapping(stream)));
    all[0]?.setReady(false);
    for (let n = 0; n < 5; n += 1) {
      stream.write(10);
      await readForAll(mappingsOf(all));
    }
    all[0]?.setReady(true);
    stream.write(1);
    await readForAll(mappingsOf(all));
    expect(all[0]?.sequences()).toEqual(upTo(10));
    expect(all[1]?.sequences()).toEqual(upTo(51));
  });

  it('one that is still in an older shard is not taken along by one in a newer shard', async () => {
    const stream = streamOfRecords(100);
    const [late, early] = [await openMapping(stream), await openMapping(stream)];
    late.setReady(false);
    stream.write(3);
    stream.rollOver();
    stream.write(2);
    await readForAll(mappingsOf([early, late]));
    late.setReady(true);
    await readForAll(mappingsOf([early, late]));
    expect(early.sequences()).toEqual(upTo(5));
    expect(late.sequences()).toEqual(upTo(3));
    await readForAll(mappingsOf([early, late]));
    expect(late.sequences()).toEqual(upTo(5));
  });

  it('one that begins at the newest record takes only what is written from then on', async () => {
    const stream = streamOfRecords(100);
    const oldest = await openMapping(stream);
    stream.write(3);
    const newest = await openMapping(stream, true);
    await readForAll(mappingsOf([newest, oldest]));
    stream.write(2);
    await readForAll(mappingsOf([newest, oldest]));
    stream.write(2);
    await readForAll(mappingsOf([newest, oldest]));
    expect(oldest.sequences()).toEqual(upTo(7));
    expect(newest.sequences()).toEqual([4, 5, 6, 7]);
  });

  it('one that was away for longer than the stream keeps records goes on with the oldest that is left', async () => {
    const stream = streamOfRecords(100);
    const all = await Promise.all([0, 1].map(() => openMapping(stream)));
    stream.write(2);
    await readForAll(mappingsOf(all));
    all[0]?.setReady(false);
    stream.write(4);
    await readForAll(mappingsOf(all));
    stream.trim(4);
    stream.write(1);
    await readOut(stream, all);
    expect(all[0]?.sequences()).toEqual([1, 2, 5, 6, 7]);
    expect(all[1]?.sequences()).toEqual(upTo(7));
  });
});
