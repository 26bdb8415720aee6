import { randomUUID } from 'node:crypto';
import { createPause } from '../event-source/pause.ts';
import { withinGrace } from '../event-source/running-source.ts';
import type {
  AccessKeyOf,
  Authorize,
  Deployment,
  Invoke,
  MayInvoke,
  RunningPart,
} from '../runner-interfaces.ts';
import type { Queues } from '../sqs/open-queues.ts';
import { cloudLocation } from '../template/cloud-location.ts';
import { callAsynchronously } from './call-asynchronously.ts';
import { demandDestinationGrant, invokeConfigOf } from './invoke-config.ts';
import type { ScheduleOptions } from './schedule-options.ts';
import { type ScheduledRule, type ScheduledTarget, scheduledRulesOf } from './scheduled-rule.ts';

/** The parts the schedules need. */
export type ScheduleParts = {
  readonly deployment: Deployment;
  readonly queues: Queues;
  readonly invoke: Invoke;
  readonly mayInvoke: MayInvoke;
  readonly authorize: Authorize;
  readonly accessKeyOf: AccessKeyOf;
  readonly options?: ScheduleOptions;
};

/** All schedules of a deployment at work. */
export type Schedules = RunningPart & {
  /** Runs every rule now, beside its schedule, as if it were `at`; resolves when all that it called has ended. */
  readonly runNow: (at?: Date) => Promise<void>;
  /** Calls a function, by ARN, as Lambda does when nobody waits for its answer. */
  readonly callLater: (functionArn: string, event: unknown) => void;
};

/** Milliseconds that a timer of Node can wait at most. */
const longestTimer = 2 ** 31 - 1;

/**
 * Starts the clock of every rule: the first run comes when the time between two has passed. Refuses what AWS would not
 * deploy or the runner does not execute.
 */
export function startSchedules(parts: ScheduleParts): Schedules {
  const { deployment, authorize, accessKeyOf } = parts;
  const rules = scheduledRulesOf(deployment);
  for (const { functionArn } of rules.flatMap(({ targets }) => targets)) {
    demandDestinationGrant(
      functionArn,
      invokeConfigOf(deployment, functionArn),
      authorize,
      accessKeyOf,
    );
  }
  const pause = createPause();
  const running = new Set<Promise<void>>();
  const noted = async (work: Promise<void>): Promise<void> => {
    running.add(work);
    await work;
    running.delete(work);
  };
  const run = async (rule: ScheduledRule, at = new Date()): Promise<void> => {
    const calls = rule.targets.map((target) => callTarget({ rule, target, at }, parts, pause));
    await noted(Promise.all(calls).then(() => undefined));
  };
  const keepTime = async (rule: ScheduledRule): Promise<void> => {
    const every = rule.everyMilliseconds;
    // By the time that passes: whoever sets the machine's clock stops no schedule, and brings no runs that were missed.
    for (let next = performance.now() + every; !pause.isStopped(); ) {
      await pause.wait(Math.min(next - performance.now(), longestTimer));
      if (!pause.isStopped() && performance.now() >= next) {
        void run(rule);
        next += every;
      }
    }
  };
  for (const rule of rules) {
    void keepTime(rule);
  }
  return {
    runNow: async (at) => {
      await Promise.all(rules.map((rule) => run(rule, at)));
    },
    callLater: (functionArn, event) => {
      void noted(callUnawaited(functionArn, event, parts, pause));
    },
    stop: async () => {
      pause.stop();
      await withinGrace(Promise.all(running));
    },
  };
}

/** One run of a rule for one of its targets. */
type Run = { readonly rule: ScheduledRule; readonly target: ScheduledTarget; readonly at: Date };

async function callTarget(
  { rule, target, at }: Run,
  parts: ScheduleParts,
  pause: ReturnType<typeof createPause>,
): Promise<void> {
  const { functionArn, input, deadLetterArn } = target;
  const event = input ?? scheduledEvent(rule, at);
  // EventBridge does not try again what a policy forbids.
  if (!parts.mayInvoke(functionArn, rule.arn)) {
    send(parts, deadLetterArn, event);
    return;
  }
  await callUnawaited(functionArn, event, parts, pause);
}

const send = ({ queues }: ScheduleParts, queueArn: string | undefined, body: unknown): void => {
  queues.get(queueArn ?? '')?.send({ body: JSON.stringify(body) });
};

/** Calls a function as the template configures its asynchronous calls. */
async function callUnawaited(
  functionArn: string,
  event: unknown,
  parts: ScheduleParts,
  pause: ReturnType<typeof createPause>,
): Promise<void> {
  const { deployment, invoke, options = {} } = parts;
  const config = invokeConfigOf(deployment, functionArn);
  await callAsynchronously({
    functionArn,
    event,
    config,
    invoke,
    pause,
    backoffScale: options.backoffScale ?? 1,
    giveUp: (record) => send(parts, config.onFailureArn, record),
  });
}

function scheduledEvent({ arn }: ScheduledRule, at: Date): unknown {
  const { account, region } = cloudLocation;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: `${at.toISOString().slice(0, 19)}Z`,
    region,
    resources: [arn],
    detail: {},
  };
}
