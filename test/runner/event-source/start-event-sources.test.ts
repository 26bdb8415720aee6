import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { asJsonObject, asList } from '../../../runner/template/json-object.ts';
import { describeOnEachEngine } from '../dynamodb/engines.ts';
import {
  deploymentWith,
  failed,
  failing,
  readingsOf,
  type SourceSettings,
  startSources,
  startTables,
  succeeded,
} from './event-source-fixture.ts';

type Tables = Awaited<ReturnType<typeof startTables>>;

describeOnEachEngine('readings that follow the stream of %s', (kind) => {
  let tables: Tables;
  let round = 0;

  beforeAll(async () => {
    tables = await startTables(kind);
  });
  afterAll(async () => {
    await tables.stop();
  });

  /** Writes readings of one session each time, and gives them to a mapping of its own. */
  async function run(
    readings: readonly string[],
    mapping: Parameters<typeof deploymentWith>[0],
    invoke: SourceSettings['invoke'],
    more: Partial<SourceSettings> = {},
  ) {
    round += 1;
    const session = `ses_${round}`;
    const Pattern = JSON.stringify({ dynamodb: { Keys: { pk: { S: [session] } } } });
    const deployment = deploymentWith({ FilterCriteria: { Filters: [{ Pattern }] }, ...mapping });
    // Records of earlier tests are in the stream as well; a new mapping reads them all again.
    const dataDirectory = `${tables.dataDirectory}/${round}`;
    for (const [version, reading] of readings.entries()) {
      await tables.put(session, reading, { version: { N: String(version) } });
    }
    const started = await startSources({ ...tables, dataDirectory, deployment, invoke, ...more });
    await started.sources.drained();
    await started.sources.stop();
    return started;
  }

  it('stream records look like those of AWS', async () => {
    const events: unknown[] = [];
    await run(['1'], {}, (event) => {
      events.push(event);
      return succeeded;
    });
    const [record] = asList(asJsonObject(events[0])['Records']);
    expect(record).toMatchObject({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-central-1',
      eventSourceARN: expect.stringContaining(':table/readings/stream/'),
      dynamodb: {
        NewImage: { sk: { S: '1' } },
        SequenceNumber: expect.stringMatching(/^\d{21}$/),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
  });

  it('stream records arrive in the order they were written, in full batches', async () => {
    const batches: (readonly string[])[] = [];
    const written = Array.from({ length: 25 }, (_, index) => String(index));
    await run(written, { BatchSize: 10, MaximumBatchingWindowInSeconds: 1 }, (event) => {
      batches.push(readingsOf(event));
      return succeeded;
    });
    expect(batches.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(batches.flat()).toEqual(written);
  });

  it('stream records keep the order of each item while several batches of a shard are processed', async () => {
    const seen = new Map<string, number[]>();
    let running = 0;
    let most = 0;
    const written = Array.from({ length: 60 }, (_, index) => String(index % 6));
    await run(written, { BatchSize: 5, ParallelizationFactor: 4 }, async (event) => {
      running += 1;
      most = Math.max(most, running);
      await delay(3);
      for (const record of asList(asJsonObject(event)['Records'])) {
        const { NewImage, Keys } = asJsonObject(asJsonObject(record)['dynamodb']);
        const item = JSON.stringify(asJsonObject(Keys)['sk']);
        const version = Number(asJsonObject(asJsonObject(NewImage)['version'])['N']);
        seen.set(item, [...(seen.get(item) ?? []), version]);
      }
      running -= 1;
      return succeeded;
    });
    expect([...seen.values()].flat()).toHaveLength(60);
    for (const versions of seen.values()) {
      expect(versions).toEqual([...versions].sort((a, b) => a - b));
    }
    expect(most).toBeGreaterThan(1);
  });

  it('stream records are retried from the lowest that failed', async () => {
    const batches: string[] = [];
    await run(['1', '2', '3', '4'], { BatchSize: 4, MaximumRetryAttempts: 3 }, (event) => {
      batches.push(readingsOf(event).join(''));
      return batches.length === 1 ? failing(event, ['4', '3']) : succeeded;
    });
    expect(batches).toEqual(['1234', '34']);
  });

  it('stream records wait while the function fails, and later ones do not overtake', async () => {
    const batches: string[] = [];
    await run(['1', '2', '3'], { BatchSize: 2 }, (event) => {
      batches.push(readingsOf(event).join(''));
      return batches.length < 4 ? failed : succeeded;
    });
    expect(batches).toEqual(['12', '12', '12', '12', '3']);
  });

  it('stream records that were in work when the database came back are tried again at once, although their try fails later', async () => {
    round += 1;
    const Pattern = JSON.stringify({ dynamodb: { Keys: { pk: { S: [`back_${round}`] } } } });
    let calls = 0;
    await tables.put(`back_${round}`, '1');
    const { sources } = await startSources({
      ...tables,
      dataDirectory: `${tables.dataDirectory}/${round}`,
      deployment: deploymentWith({ FilterCriteria: { Filters: [{ Pattern }] } }),
      invoke: () => {
        calls += 1;
        if (calls > 1) return succeeded;
        sources.hurry();
        return failed;
      },
      // A wait of hours, were there one.
      options: { backoffScale: 10_000 },
    });
    await sources.drained();
    await sources.stop();
    expect(calls).toBe(2);
  });

  it('a failing batch is halved until the broken record is alone, and its position is reported', async () => {
    const batches: string[] = [];
    const { failures } = await run(
      ['1', '2', '3', '4'],
      { BatchSize: 4, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1 },
      (event) => {
        const readings = readingsOf(event);
        batches.push(readings.join(''));
        return readings.includes('3') ? failed : succeeded;
      },
    );
    expect(batches).toEqual(['1234', '12', '34', '3', '3', '4']);
    expect(failures()).toMatchObject([
      {
        requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
        version: '1.0',
        DDBStreamBatchInfo: { batchSize: 1, shardId: expect.stringContaining('shardId') },
      },
    ]);
    const [{ DDBStreamBatchInfo } = {}] = failures();
    const { startSequenceNumber, endSequenceNumber } = asJsonObject(DDBStreamBatchInfo);
    expect(startSequenceNumber).toBe(endSequenceNumber);
  });

  it('stream records from the failing one on are given up when their retries are used up', async () => {
    const { failures } = await run(
      ['1', '2', '3'],
      { BatchSize: 3, MaximumRetryAttempts: 2 },
      (event) => failing(event, ['2']),
    );
    expect(failures()).toMatchObject([
      {
        requestContext: { condition: 'RetryAttemptsExhausted' },
        DDBStreamBatchInfo: { batchSize: 2 },
      },
    ]);
  });

  it('attempts do not count while the function is throttled', async () => {
    let calls = 0;
    const { failures } = await run(['1'], { MaximumRetryAttempts: 0 }, () => {
      calls += 1;
      return calls < 4 ? { kind: 'throttled' } : succeeded;
    });
    expect(calls).toBe(4);
    expect(failures()).toEqual([]);
  });

  it('stream records continue after a restart where they stopped, and repeat what was in flight', async () => {
    round += 1;
    const dataDirectory = `${tables.dataDirectory}/${round}`;
    const session = `restart_${round}`;
    const Pattern = JSON.stringify({ dynamodb: { Keys: { pk: { S: [session] } } } });
    const deployment = deploymentWith({
      BatchSize: 1,
      FilterCriteria: { Filters: [{ Pattern }] },
    });
    const seen: string[] = [];
    const invoke = (event: unknown) => {
      seen.push(...readingsOf(event));
      return readingsOf(event).includes('2') && seen.length < 4 ? failed : succeeded;
    };
    await tables.put(session, '1');
    await tables.put(session, '2');
    const first = await startSources({ ...tables, dataDirectory, deployment, invoke });
    while (seen.length < 2) {
      await delay(5);
    }
    await first.sources.stop();
    await tables.put(session, '3');
    seen.splice(0, seen.length, 'restart', '-', '-');
    const second = await startSources({ ...tables, dataDirectory, deployment, invoke });
    await second.sources.drained();
    await second.sources.stop();
    expect(seen.slice(3)).toEqual(['2', '3']);
  });

  it('all stream records are delivered even if deliveries repeat and batches return', async () => {
    let calls = 0;
    const seen: string[] = [];
    const written = Array.from({ length: 20 }, (_, index) => String(index).padStart(2, '0'));
    await run(
      written,
      { BatchSize: 3 },
      (event) => {
        calls += 1;
        seen.push(...readingsOf(event));
        return calls < 10 && calls % 3 === 0 ? failed : succeeded;
      },
      { options: { disturb: (records) => [records, [...records].reverse()], backoffScale: 0 } },
    );
    expect([...new Set(seen)].sort()).toEqual(written);
    expect(seen.length).toBeGreaterThanOrEqual(40);
  });

  it('a function whose role may not read the stream gets no records', async () => {
    const denied = run(['1'], {}, () => succeeded, {
      authorize: (_key, action) =>
        action === 'dynamodb:GetRecords' ? { allowed: false, message: action } : { allowed: true },
    });
    await expect(denied).rejects.toMatchObject({
      code: 'EVENT_SOURCE_DENIED',
      message: 'AccessDenied: dynamodb:GetRecords',
    });
  });

  it('a write wakes its event source mapping at once', async () => {
    round += 1;
    // Timers stand still, so that only the wake can bring the next read.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const arrived = Promise.withResolvers<void>();
    const Pattern = JSON.stringify({ dynamodb: { Keys: { pk: { S: ['soon'] } } } });
    const { sources } = await startSources({
      ...tables,
      dataDirectory: `${tables.dataDirectory}/${round}`,
      deployment: deploymentWith({ FilterCriteria: { Filters: [{ Pattern }] } }),
      invoke: () => {
        arrived.resolve();
        return succeeded;
      },
    });
    await sources.drained();
    vi.advanceTimersByTime(100);
    await tables.put('soon', '1');
    sources.wake('readings');
    await arrived.promise;
    vi.useRealTimers();
    await sources.stop();
  });
});
