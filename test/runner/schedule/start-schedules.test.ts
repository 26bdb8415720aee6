import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createInvokePermissions } from '../../../runner/iam/invoke-permissions.ts';
import type { DeployedResource, Invocation } from '../../../runner/runner-interfaces.ts';
import type { ScheduleOptions } from '../../../runner/schedule/schedule-options.ts';
import { type Schedules, startSchedules } from '../../../runner/schedule/start-schedules.ts';
import { openQueues, type Queues } from '../../../runner/sqs/open-queues.ts';

const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:sweep';
const ruleArn = 'arn:aws:events:eu-central-1:000000000000:rule/hourly';
const queueArn = 'arn:aws:sqs:eu-central-1:000000000000:failures';

const resource = (
  type: string,
  properties: Record<string, unknown>,
  attributes: Record<string, string> = {},
): DeployedResource => ({
  address: `Test/${type.split(':').at(-1)}`,
  type,
  ref: attributes['Arn']?.split(/[:/]/).at(-1) ?? type,
  attributes,
  properties,
});

const rule = (changes: Record<string, unknown> = {}): DeployedResource =>
  resource(
    'AWS::Events::Rule',
    {
      ScheduleExpression: 'rate(1 hour)',
      State: 'ENABLED',
      Targets: [{ Id: 'one', Arn: functionArn, DeadLetterConfig: { Arn: queueArn } }],
      ...changes,
    },
    { Arn: ruleArn },
  );

const permission = resource('AWS::Lambda::Permission', {
  Action: 'lambda:InvokeFunction',
  FunctionName: functionArn,
  Principal: 'events.amazonaws.com',
  SourceArn: ruleArn,
});

const configuration = resource('AWS::Lambda::EventInvokeConfig', {
  FunctionName: 'sweep',
  Qualifier: '$LATEST',
  MaximumRetryAttempts: 1,
  MaximumEventAgeInSeconds: 3600,
  DestinationConfig: { OnFailure: { Destination: queueArn } },
});

const always = [
  resource('AWS::Lambda::Function', {}, { Arn: functionArn }),
  resource('AWS::SQS::Queue', {}, { Arn: queueArn, QueueName: 'failures' }),
];

let directory: string;
let schedules: Schedules | undefined;
let queues: Queues;
let events: unknown[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'joulegate-schedules-'));
  events = [];
});

afterEach(async () => {
  vi.useRealTimers();
  await schedules?.stop();
  schedules = undefined;
  rmSync(directory, { recursive: true });
});

/** Starts a rule whose function answers each call as given, the last answer for all that follow. */
function start(
  resources: readonly DeployedResource[],
  {
    answers = [{ kind: 'returned', payload: null }],
    options = {},
    allowed = true,
  }: {
    answers?: readonly Invocation[];
    options?: ScheduleOptions;
    allowed?: boolean;
  } = {},
): Schedules {
  const deployment = { resources: [...always, ...resources], outputs: {} };
  queues = openQueues(deployment, directory);
  schedules = startSchedules({
    deployment,
    queues,
    mayInvoke: createInvokePermissions(deployment),
    accessKeyOf: () => 'KEY',
    authorize: () => (allowed ? { allowed } : { allowed, message: 'not authorized' }),
    invoke: (arn, event) => {
      expect(arn).toBe(functionArn);
      events.push(event);
      const answer = answers[Math.min(events.length, answers.length) - 1];
      return answer === undefined
        ? Promise.reject(new Error('no answer'))
        : Promise.resolve(answer);
    },
    options: { backoffScale: 0, ...options },
  });
  return schedules;
}

const failures = (): readonly Record<string, unknown>[] =>
  (queues.get(queueArn)?.receive(10) ?? []).map(({ body }) => JSON.parse(body));

const failed: Invocation = { kind: 'failed', errorType: 'Error', errorMessage: 'no' };

describe('a scheduled rule', () => {
  it('a scheduled rule calls its function with the event of EventBridge', async () => {
    await start([rule(), permission, configuration]).runNow();

    expect(events).toEqual([
      {
        version: '0',
        id: expect.any(String),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '000000000000',
        time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
        region: 'eu-central-1',
        resources: [ruleArn],
        detail: {},
      },
    ]);
    expect(failures()).toEqual([]);
  });

  it('a scheduled rule calls its function as if at another time, where a test asks for that', async () => {
    await start([rule(), permission]).runNow(new Date('2030-01-01T00:00:00Z'));

    expect(events).toMatchObject([{ time: '2030-01-01T00:00:00Z' }]);
  });

  it('a scheduled rule calls its function at its rate, first after one period', async () => {
    vi.useFakeTimers();
    start([rule(), permission, configuration]);
    const hour = 3_600_000;
    const seen: number[] = [];

    for (const milliseconds of [hour - 1, 1, hour - 1, 1, hour]) {
      await vi.advanceTimersByTimeAsync(milliseconds);
      seen.push(events.length);
    }

    expect(seen).toEqual([0, 1, 1, 2, 3]);
  });

  it.each([-10, -1, 1, 10])(
    'a scheduled rule calls its function each time that its time has passed, although the clock is set by %i hours',
    async (hours) => {
      vi.useFakeTimers();
      start([rule(), permission]);
      await vi.advanceTimersByTimeAsync(1_800_000);

      vi.setSystemTime(Date.now() + hours * 3_600_000);
      await vi.advanceTimersByTimeAsync(1_800_000);
      expect(events).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(2 * 3_600_000);
      expect(events).toHaveLength(3);
    },
  );

  it('a scheduled rule does not call its function while it is disabled, or after a stop', async () => {
    vi.useFakeTimers();
    const disabled = start([rule({ State: 'DISABLED' }), permission]);
    await disabled.runNow();
    await disabled.stop();
    const stopped = start([rule(), permission]);
    await stopped.stop();
    await vi.advanceTimersByTimeAsync(10 * 3_600_000);

    expect(events).toEqual([]);
  });

  it('a scheduled rule passes on its own event', async () => {
    const target = { Id: 'one', Arn: functionArn, Input: '{"a":1}' };
    await start([rule({ Targets: [target] }), permission]).runNow();

    expect(events).toEqual([{ a: 1 }]);
  });

  it('a scheduled rule without permission puts the event into its dead-letter queue at once', async () => {
    await start([rule()]).runNow();

    expect(events).toEqual([]);
    expect(failures()).toMatchObject([{ source: 'aws.events', resources: [ruleArn] }]);
  });

  it.each([
    [
      'a schedule that is not a rate',
      { ScheduleExpression: 'cron(0 * * * ? *)' },
      'UNSUPPORTED_VALUE',
    ],
    ['an unknown target', { Targets: [{ Id: 'one', Arn: 'arn:x' }] }, 'FUNCTION_UNKNOWN'],
  ])('a scheduled rule with %s prevents the start', (_name, changes, code) => {
    expect(() => start([rule(changes), permission])).toThrow(expect.objectContaining({ code }));
  });
});

describe('a call that nobody waits for', () => {
  it('a failed asynchronous call is repeated as often as the function allows', async () => {
    const answers: Invocation[] = [failed, { kind: 'returned', payload: null }];
    await start([rule(), permission, configuration], { answers }).runNow();

    expect(events).toHaveLength(2);
    expect(events[1]).toEqual(events[0]);
    expect(failures()).toEqual([]);
  });

  it.each<[string, Invocation, unknown]>([
    ['failed', failed, { errorType: 'Error', errorMessage: 'no' }],
    [
      'took too long',
      { kind: 'timed-out', seconds: 300 },
      { errorMessage: 'Task timed out after 300.00 seconds' },
    ],
  ])(
    'the destination is informed of an asynchronous call that finally %s',
    async (_name, answer, responsePayload) => {
      await start([rule(), permission, configuration], { answers: [answer] }).runNow();

      expect(events).toHaveLength(2);
      expect(failures()).toMatchObject([
        {
          requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
          requestPayload: events[0],
          responsePayload,
        },
      ]);
    },
  );

  it('an asynchronous call is made three times by default, and nobody is informed', async () => {
    await start([rule(), permission], { answers: [failed] }).runNow();

    expect(events).toHaveLength(3);
    expect(failures()).toEqual([]);
  });

  it('an asynchronous call waits for a free worker, which is not a failure', async () => {
    const busy: Invocation = { kind: 'throttled' };
    const answers: Invocation[] = [busy, busy, busy, { kind: 'returned', payload: null }];
    await start([rule(), permission, configuration], { answers }).runNow();

    expect(events).toHaveLength(4);
    expect(failures()).toEqual([]);
  });

  it('an asynchronous call requires a role that may inform the destination', () => {
    expect(() => start([rule(), permission, configuration], { allowed: false })).toThrow(
      expect.objectContaining({ code: 'DESTINATION_DENIED' }),
    );
  });
});
