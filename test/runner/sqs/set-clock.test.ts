import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openQueues } from '../../../runner/sqs/open-queues.ts';
import type { Queue } from '../../../runner/sqs/queue.ts';

const arn = 'arn:aws:sqs:eu-central-1:000000000000:work';
const hour = 3_600_000;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'joulegate-set-clock-'));
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** A queue of a stack that starts now, with what an earlier one left. */
const open = (): Queue => {
  const resource = {
    ...{ address: 'Test/Queue', type: 'AWS::SQS::Queue', ref: 'work' },
    ...{ attributes: { Arn: arn, QueueName: 'work' }, properties: { VisibilityTimeout: 60 } },
  };
  const queue = openQueues({ resources: [resource], outputs: {} }, folder).get(arn);
  if (queue === undefined) throw new Error('the queue was not opened');
  return queue;
};

const setClock = (milliseconds: number): void => {
  vi.setSystemTime(Date.now() + milliseconds);
};

const bodies = (queue: Queue): readonly string[] => queue.receive(10).map(({ body }) => body);

test.each([-10 * hour, -hour, hour])(
  'a message comes when its delay has passed, and comes again when its visibility timeout has, although the clock is set by %i ms',
  (change) => {
    const queue = open();
    queue.send({ body: 'now' });
    queue.send({ body: 'delayed', delaySeconds: 30 });

    setClock(change);
    expect(bodies(queue)).toEqual(['now']);
    vi.advanceTimersByTime(30_000);
    expect(bodies(queue)).toEqual(['delayed']);
    setClock(change);
    expect(queue.counts().inFlight).toBe(2);
    vi.advanceTimersByTime(60_000);
    expect(bodies(queue)).toEqual(['now', 'delayed']);
  },
);

test.each([-10 * hour, -hour])(
  'messages of a stack that ended wait no longer than they would have, although the clock was set by %i ms before the next start',
  (change) => {
    const before = open();
    before.send({ body: 'now' });
    before.send({ body: 'delayed', delaySeconds: 30 });
    setClock(change);

    const queue = open();
    expect(bodies(queue)).toEqual(['now']);
    vi.advanceTimersByTime(30_000);
    expect(bodies(queue)).toEqual(['delayed']);
  },
);
