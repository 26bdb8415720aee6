import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { JsonObject } from '../../../runner/template/json-object.ts';
import { asJsonObject, asList } from '../../../runner/template/json-object.ts';
import {
  deploymentWith,
  failed,
  failuresArn,
  type SourceSettings,
  startSources,
  startTables,
  succeeded,
  workArn,
} from './event-source-fixture.ts';

type Tables = Awaited<ReturnType<typeof startTables>>;

function bodiesOf(event: unknown): readonly string[] {
  return asList(asJsonObject(event)['Records']).map((record) =>
    String(asJsonObject(record)['body']),
  );
}

describe('messages of a queue that feeds a function', () => {
  let tables: Tables;
  let round = 0;

  beforeAll(async () => {
    tables = await startTables('dynoxide');
  });
  afterAll(async () => {
    await tables.stop();
  });

  async function run(
    bodies: readonly string[],
    invoke: SourceSettings['invoke'],
    workQueue: JsonObject = {},
  ) {
    round += 1;
    const started = await startSources({
      ...tables,
      dataDirectory: `${tables.dataDirectory}/${round}`,
      deployment: deploymentWith({ EventSourceArn: workArn, BatchSize: 10 }, workQueue),
      invoke,
    });
    for (const body of bodies) {
      started.queues.get(workArn)?.send({ body });
    }
    await started.sources.drained();
    await started.sources.stop();
    return started.queues;
  }

  it('messages of a queue are deleted when the function has processed them', async () => {
    const seen: string[] = [];
    const queues = await run(['a', 'b'], (event) => {
      seen.push(...bodiesOf(event));
      return succeeded;
    });
    expect(seen.sort()).toEqual(['a', 'b']);
    expect(queues.get(workArn)?.counts()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('only the failed messages of a batch return after their visibility timeout', async () => {
    const seen: string[] = [];
    await run(['a', 'b'], (event) => {
      const records = asList(asJsonObject(event)['Records']).map(asJsonObject);
      const isFirst = seen.length < 2;
      seen.push(...bodiesOf(event));
      const failures = records.filter(({ body }) => isFirst && body === 'b');
      const batchItemFailures = failures.map(({ messageId }) => ({ itemIdentifier: messageId }));
      return { kind: 'returned', payload: { batchItemFailures } };
    });
    expect(seen.sort()).toEqual(['a', 'b', 'b']);
  });

  it('messages move to the dead-letter queue when the function fails too often', async () => {
    let calls = 0;
    const queues = await run(
      ['poison'],
      () => {
        calls += 1;
        return failed;
      },
      { RedrivePolicy: { deadLetterTargetArn: failuresArn, maxReceiveCount: 2 } },
    );
    expect(calls).toBe(2);
    expect(queues.get(failuresArn)?.receive(1)).toMatchObject([{ body: 'poison' }]);
  });

  it('a batch waits for more messages no longer than its window, although the clock is set back all the while', async () => {
    let clock = Date.now();
    const setBack = vi.spyOn(Date, 'now').mockImplementation(() => {
      clock -= 60_000;
      return clock;
    });
    round += 1;
    const seen: string[] = [];
    const { sources, queues } = await startSources({
      ...tables,
      dataDirectory: `${tables.dataDirectory}/${round}`,
      deployment: deploymentWith({
        ...{ EventSourceArn: workArn, BatchSize: 10, MaximumBatchingWindowInSeconds: 1 },
      }),
      invoke: (event) => {
        seen.push(...bodiesOf(event));
        return succeeded;
      },
    });
    queues.get(workArn)?.send({ body: 'a' });
    await expect.poll(() => seen).toEqual(['a']);
    setBack.mockRestore();
    await sources.stop();
  });

  it('a message that was in work when the database came back is tried again at once, although its try fails later', async () => {
    round += 1;
    let calls = 0;
    const { sources, queues } = await startSources({
      ...tables,
      dataDirectory: `${tables.dataDirectory}/${round}`,
      deployment: deploymentWith({ EventSourceArn: workArn }, { VisibilityTimeout: 43_200 }),
      invoke: () => {
        calls += 1;
        if (calls > 1) return succeeded;
        sources.hurry();
        return failed;
      },
    });
    queues.get(workArn)?.send({ body: 'a' });
    await sources.drained();
    await sources.stop();
    expect(calls).toBe(2);
  });

  it('a batch that finds its function without room is tried again before its messages come back', async () => {
    let calls = 0;
    const queues = await run(
      ['a', 'b'],
      () => {
        calls += 1;
        return calls < 3 ? { kind: 'throttled' } : succeeded;
      },
      { VisibilityTimeout: 43_200 },
    );
    expect(calls).toBe(3);
    expect(queues.get(workArn)?.counts()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('a batch whose function never has room comes back when its visibility timeout is over, as often as the queue allows', async () => {
    const queues = await run(['a'], () => ({ kind: 'throttled' }), {
      RedrivePolicy: { deadLetterTargetArn: failuresArn, maxReceiveCount: 2 },
    });
    expect(queues.get(failuresArn)?.receive(1)).toMatchObject([{ body: 'a' }]);
  });
});
