import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { statesOfAlarms } from '../../runner/cloudwatch/alarms/states-of-alarms.ts';
import { watchQueues } from '../../runner/cloudwatch/dashboards/collect-metrics.ts';
import {
  createMetricStore,
  type MetricStore,
} from '../../runner/cloudwatch/dashboards/metric-store.ts';
import { openQueues } from '../../runner/sqs/open-queues.ts';
import { busyFunction } from './busy-function.ts';
import { failingApi } from './failing-api.ts';
import { silentFleet } from './silent-fleet.ts';
import {
  announcedOf,
  type Condition,
  conditions,
  counted,
  deployment,
  minute,
  now,
  overOf,
  queue,
  raisedIn,
  silent,
  statesOfFleet,
  statesWith,
  unnamed,
  usual,
  type Values,
} from './states-of-conditions.ts';

describe('the condition of an alarm', () => {
  const names = deployment.resources
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .map(({ ref }) => ref.replace('joulegate-prod-', ''));

  it('the conditions of all alarms are stated here but those of failure queues, which have one each', () => {
    const queues = names.filter((name) => name.endsWith('-failures'));
    expect(queues).toHaveLength(10);
    expect(names.filter((name) => !queues.includes(name)).sort()).toEqual(
      Object.keys(conditions).sort(),
    );
  });

  it.each(Object.entries(conditions))(
    '%s is raised by its condition alone, wakes once, and is ended with it',
    (name, condition) => {
      const states = statesWith(condition.raised, condition);

      expect(raisedIn(states)).toEqual([name, ...overOf(name)]);
      expect(announcedOf(states)).toHaveLength(1);
      expect(raisedIn(statesWith(condition.quiet, condition))).toEqual([]);
    },
  );

  it.each(
    Object.entries(conditions).filter(
      ([name, { periods }]) => periods > 1 && !silent.includes(name),
    ),
  )('%s is not raised by a single period of it', (name, { raised }) => {
    expect(raisedIn(statesWith(raised, { periods: 1 }))).not.toContain(name);
  });

  it('where nothing is counted at all, silence alone is an alarm', () => {
    const states = statesWith([], { periods: 1 }, []);
    expect(raisedIn(states).toSorted()).toEqual([
      ...['canary', 'chargers-silent', 'charging-fails', 'fleet-silent'],
    ]);
    expect(announcedOf(states).toSorted()).toEqual(['charging-fails', 'fleet-silent']);
  });

  it.each(['starts-refused', 'deliveries-failing'])(
    '%s is raised too when none was ever counted as it should be',
    (name) => {
      const condition = conditions[name] as Condition;
      const [failed] = condition.raised;
      const [, succeeded] = condition.raised;
      const all: Values = failed === undefined ? [] : [[failed[0], 12]];
      // The metric filter says 0 of lines that it does not count; before the first line it says nothing.
      const none: Values = succeeded === undefined ? [] : [[succeeded[0], 0]];
      expect(raisedIn(statesWith(all, condition))).toContain(name);
      expect(raisedIn(statesWith([...all, ...none], condition))).toContain(name);
    },
  );

  it('a CDR that is held for weeks hides no fault: the one over all is raised when that comes', () => {
    const of = (name: string) => conditions[name] as Condition;
    const held = of('cdrs-held-too-long').raised;
    const both = [...held, ...of('function-throttles').raised];

    expect(raisedIn(statesWith(held, of('function-throttles')))).not.toContain('service-trouble');
    expect(raisedIn(statesWith(both, of('function-throttles')))).toContain('service-trouble');
  });

  it('two faults at a time wake once', () => {
    const of = (name: string) => conditions[name] as Condition;
    const values = [...of('stream-lag').raised, ...of('table-throttles').raised];
    const states = statesWith(values, of('table-throttles'));
    expect(raisedIn(states).toSorted()).toEqual([
      ...['processing-late', 'service-trouble', 'stream-lag', 'table-throttles'],
    ]);
    expect(announcedOf(states)).toEqual(['service-trouble']);
  });

  it('an outage that ends in five failure queues wakes once, and what is left of it is announced when the tables are back', () => {
    const of = (name: string) => conditions[name] as Condition;
    const steps = ['postponed', 'commands', 'corrections', 'webhooks', 'partners'];
    const failures: Values = steps.map((step) => [
      queue(`${step}-failures`, 'ApproximateNumberOfMessagesVisible'),
      1,
    ]);
    const outage = [...of('table-throttles').raised, ...of('queue-age').raised];
    const during = statesWith([...outage, ...failures], of('table-throttles'));
    const after = statesWith(failures, { periods: 3 });

    expect(raisedIn(during).filter((name) => name.endsWith('-failures'))).toHaveLength(5);
    expect(announcedOf(during)).toEqual(['service-trouble']);
    expect(announcedOf(after)).toEqual(['failures-postponed', 'failures-medium', 'failures-low']);
  });

  it.each(['status', 'tariff', 'cdr'])(
    'a failure of %s that waits for a new version hides no fault, and no failure of another severity',
    (step) => {
      const of = (name: string) => conditions[name] as Condition;
      const waiting: Values = [
        [queue(`${step}-failures`, 'ApproximateNumberOfMessagesVisible'), 1],
      ];
      const { raised, periods } = of('function-throttles');
      const before = announcedOf(statesWith(waiting, { periods }));
      const states = statesWith([...waiting, ...raised], { periods });
      const others = ['status', 'tariff', 'cdr'].filter((one) => one !== step);
      const more: Values = others.map((one) => [
        queue(`${one}-failures`, 'ApproximateNumberOfMessagesVisible'),
        1,
      ]);

      expect(before).toEqual(overOf(`${step}-failures`));
      expect(announcedOf(states)).toContain('service-trouble');
      expect(announcedOf(statesWith([...waiting, ...more], { periods }))).toHaveLength(3);
    },
  );
});

/** The alarms that are raised at a time by what was counted. */
const raisedAt = (store: MetricStore, at: number): readonly string[] =>
  raisedIn(
    new Map(
      [...statesOfAlarms(deployment, { store, now: at, leastUsualOf: () => 0 })].map(
        ([name, state]) => [unnamed(name), state],
      ),
    ),
  );

/** Counts at a time what goes on all the time. */
const goesOn = (store: MetricStore, at: number): void => {
  for (const [metric, value] of usual([])) store.put({ ...metric, at, value });
};

describe('the queues of this machine', () => {
  it('a message that waits for more than an hour raises queue-age, and one that is taken ends it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'joulegate-queues-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    let clock = now - 61 * minute;
    const queues = openQueues(deployment, folder, { now: () => clock });
    const commands = [...queues.values()].find(({ settings }) =>
      settings.name.endsWith('-commands'),
    );
    commands?.send({ body: '{}', delaySeconds: 0 });
    const raised = (at: number): readonly string[] => {
      const store = createMetricStore();
      goesOn(store, at);
      for (const by of [6 * minute, 0]) {
        clock = at - by;
        const { look, stop } = watchQueues(queues, store, () => clock);
        look();
        void stop();
      }
      return raisedAt(store, at);
    };

    expect(raised(now)).toEqual([]);
    expect(raised(now + 6 * minute)).toEqual(['queue-age', 'processing-late']);
    const [message] = commands?.receive(1) ?? [];
    commands?.remove(message?.receiptHandle ?? '');
    expect(raised(now + 12 * minute)).toEqual([]);
  });
});

describe('the functions of this machine', () => {
  const busy = () => {
    const folder = mkdtempSync(join(tmpdir(), 'joulegate-runs-'));
    const made = busyFunction(folder);
    onTestFinished(async () => {
      await made.stop();
      rmSync(folder, { recursive: true });
    });
    goesOn(made.store, now);
    return made;
  };

  it('messages that come while all instances are busy raise function-throttles, and it ends when there is room again', async () => {
    const { arn, store, clock, begin, run } = busy();
    const end = await begin();
    for (const by of [6 * minute, 0]) {
      clock.at = now - by;
      expect(await run(arn, {})).toMatchObject({ kind: 'throttled' });
    }
    expect(raisedAt(store, now)).toEqual(['function-throttles', 'service-trouble']);

    await end();
    clock.at = now + 6 * minute;
    goesOn(store, clock.at);
    expect(await run(arn, {})).toMatchObject({ kind: 'returned' });
    expect(raisedAt(store, clock.at)).toEqual([]);
  });

  it('six messages in five minutes whose function breaks off raise message-errors, five do not, and it ends when they are answered', async () => {
    const { arn, store, clock, run } = busy();
    const fail = async (times: number): Promise<void> => {
      for (let n = 0; n < times; n += 1) {
        expect(await run(arn, { isBroken: true })).toMatchObject({ kind: 'failed' });
      }
    };
    for (const by of [6 * minute, 0]) {
      clock.at = now - by;
      await fail(5);
    }
    expect(raisedAt(store, now)).toEqual([]);
    for (const by of [6 * minute, 0]) {
      clock.at = now - by;
      await fail(1);
    }
    expect(raisedAt(store, now)).toEqual(['message-errors', 'service-trouble']);

    clock.at = now + 6 * minute;
    goesOn(store, clock.at);
    expect(await run(arn, {})).toMatchObject({ kind: 'returned' });
    expect(raisedAt(store, clock.at)).toEqual([]);
  });
});

describe('the API of this machine', () => {
  it('six calls in five minutes that end with an error of ours raise api-errors, refused ones do not, and it ends when they are answered', async () => {
    const { store, clock, call, stop } = await failingApi();
    onTestFinished(stop);
    goesOn(store, now);
    const answered = (statusCode: number) =>
      ({ kind: 'returned', payload: { statusCode } }) as const;
    const broken = { kind: 'failed', errorType: 'TypeError', errorMessage: 'broken' } as const;
    for (const by of [6 * minute, 0]) {
      clock.at = now - by;
      expect(await call(20, answered(409))).toEqual(Array(20).fill(409));
      expect(await call(5, broken)).toEqual(Array(5).fill(500));
    }
    expect(raisedAt(store, now)).toEqual([]);
    for (const by of [6 * minute, 0]) {
      clock.at = now - by;
      expect(await call(1, answered(503))).toEqual([503]);
    }
    expect(raisedAt(store, now)).toEqual(['api-errors', 'api-failing']);

    clock.at = now + 6 * minute;
    goesOn(store, clock.at);
    expect(await call(6, answered(200))).toEqual(Array(6).fill(200));
    expect(raisedAt(store, clock.at)).toEqual([]);
  });
});

describe('the chargers of this machine', () => {
  const day = 24 * 60 * minute;
  const fleet = async () => {
    const made = await silentFleet();
    onTestFinished(made.stop);
    return made;
  };
  /** The alarms by what was learned of the messages themselves. */
  const raised = (store: MetricStore, at: number): readonly string[] => {
    const states = statesOfAlarms(deployment, { store, now: at });
    return raisedIn(new Map([...states].map(([name, state]) => [unnamed(name), state])));
  };
  const canaryRuns = (store: MetricStore, at: number): void => {
    const dimensions = { FunctionName: 'joulegate-prod-canary' };
    for (const by of [0, 5 * minute]) {
      store.put({ namespace: 'AWS/Lambda', name: 'Errors', dimensions, at: at - by, value: 0 });
    }
  };

  it('a fleet that falls silent raises chargers-silent within a quarter of an hour, by what it sent at that hour of the days before, and ends it when it is back', async () => {
    const { store, clock, send } = await fleet();
    // Around this hour of three days: fewer messages and more, by turns.
    for (let days = 3; days >= 1; days -= 1) {
      for (let period = -5; period <= 5; period += 1) {
        clock.at = now - days * day + period * 5 * minute;
        await send(9 + (Math.abs(period) % 3));
      }
    }
    for (const by of [20, 15, 10, 5, 0]) {
      clock.at = now - by * minute;
      await send(9);
    }
    canaryRuns(store, now);
    expect(raised(store, now)).toEqual([]);

    // One charger of ten is left.
    for (const later of [5, 10, 15]) {
      clock.at = now + later * minute;
      await send(1);
      canaryRuns(store, clock.at);
      const names = later < 15 ? [] : ['chargers-silent', 'fleet-silent'];
      expect([later, raised(store, clock.at)]).toEqual([later, names]);
    }
    clock.at = now + 20 * minute;
    await send(9);
    canaryRuns(store, clock.at);
    expect(raised(store, clock.at)).toEqual([]);
  });

  it('messages whose function cannot be called are counted as ExecutionError, six in five minutes raise message-errors, and refused ones do not', async () => {
    const { store, clock, send } = await fleet();
    goesOn(store, now);
    const broken = { kind: 'throttled' } as const;
    for (const by of [6 * minute, 0]) {
      clock.at = now - by;
      await send(5, broken);
    }
    expect(raisedAt(store, now)).toEqual([]);
    for (const by of [6 * minute, 0]) {
      clock.at = now - by;
      await send(1, broken);
    }
    expect(raisedAt(store, now)).toEqual(['message-errors', 'service-trouble']);
    clock.at = now + 6 * minute;
    goesOn(store, clock.at);
    await send(6, { kind: 'returned', payload: { statusCode: 200, body: '[]' } });
    expect(raisedAt(store, clock.at)).toEqual([]);
  });
});

describe('refused starts of fleets of every size', () => {
  it.each([
    ['three chargers, each start of a day refused', { perDay: 3, refused: 1 }],
    ['three chargers, for days', { perDay: 6, refused: 1, days: 3 }],
    ['50 chargers, half of their starts', { perDay: 360, refused: 0.5 }],
    ['1,000 chargers, half of their starts', { perDay: 4_000, refused: 0.5 }],
  ])('%s: it wakes once', (_, fleet) => {
    expect(announcedOf(statesOfFleet(fleet))).toEqual(['drivers-refused']);
  });

  it.each([
    ['three chargers, one start refused', { perDay: 3, refused: 1 / 3 }],
    ['three chargers, all but one refused', { perDay: 6, refused: 5 / 6 }],
    ['50 chargers, a third refused', { perDay: 360, refused: 1 / 3 }],
    ['1,000 chargers, a third refused', { perDay: 4_000, refused: 1 / 3 }],
    ['one charger at which two strangers tried', { perDay: 2, refused: 1 }],
  ])('%s: it wakes nobody', (_, fleet) => {
    expect(announcedOf(statesOfFleet(fleet))).toEqual([]);
  });

  it('a single webhook whose receiver is away is announced, with three attempts of one event', () => {
    const states = statesWith([[counted('failed-deliveries'), 3]], { periods: 1 });
    expect(announcedOf(states)).toEqual(['deliveries-failing']);
  });
});
