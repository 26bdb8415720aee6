import { randomUUID } from 'node:crypto';
import type { Invocation } from '../runner-interfaces.ts';
import type { FunctionWorker, WorkerEnd, WorkerListener } from './function-worker.ts';
import type { WorkerReply } from './worker-messages.ts';

/** How a function's events are spread over workers. */
export type PoolSettings = {
  readonly timeoutSeconds: number;
  /** Workers that compute at once: 1 or more, or 0 for a function that is switched off. */
  readonly limit: number;
  /** Workers at all, with those that wait within long events: as many as `limit`, or more. */
  readonly most: number;
  /** True if an event beyond the limit is refused at once, as AWS does; else it waits a while for a worker. */
  readonly strict: boolean;
  readonly startWorker: (listener: WorkerListener) => FunctionWorker;
  /** How long a worker waits for its next event before it ends, in milliseconds. */
  readonly idleMilliseconds: number;
  /** Told of each handled event: time in the worker and bytes logged. */
  readonly handled: (milliseconds: number, logBytes: number) => void;
};

/** The workers of one function: grows when all are busy, reuses who is idle, ends who has been idle for long. */
export type FunctionPool = {
  /** Handles an event, given as JSON. */
  readonly handle: (event: string) => Promise<Invocation>;
  /** Ends all busy workers in the middle of their events; gives how many there were. */
  readonly kill: () => Promise<number>;
  /** Waits for events in work, then ends all workers. */
  readonly stop: (patienceMilliseconds: number) => Promise<void>;
};

type Job = {
  readonly event: string;
  readonly since: number;
  readonly done: (i: Invocation) => void;
};

type Member = {
  readonly worker: FunctionWorker;
  state: 'starting' | 'idle' | 'busy' | 'leaving';
  job: Job | undefined;
  begunAt: number;
  /** Ends the worker: at the event's time-out while busy, after a while without an event while idle. */
  timer: NodeJS.Timeout | undefined;
};

/** A worker that has been at one event for this long, ms, waits for something, and others need not wait with it. */
const longEvent = 500;

/** Longer than this no event waits for a worker: on AWS it would have had one, or been throttled. */
const patienceMilliseconds = 15_000;

/** A pool without workers; the first event starts the first one. */
export function createFunctionPool(settings: PoolSettings): FunctionPool {
  const members = new Set<Member>();
  const waiting: Job[] = [];
  let closed = false;
  let look: NodeJS.Timeout | undefined;

  const add = (): void => {
    const member: Member = {
      worker: settings.startWorker({
        replied: (reply) => replied(member, reply),
        ended: (end) => ended(member, end),
      }),
      state: 'starting',
      job: undefined,
      begunAt: 0,
      timer: undefined,
    };
    members.add(member);
  };

  const distribute = (): void => {
    let job = waiting[0];
    while (job !== undefined) {
      const computing = busy().filter(({ begunAt }) => performance.now() - begunAt < longEvent);
      const idle = computing.length < settings.limit ? lastIdle(members) : undefined;
      if (idle === undefined) {
        grow();
        return;
      }
      waiting.shift();
      begin(idle, job);
      job = waiting[0];
    }
  };

  const grow = (): void => {
    const atLongEvents = busy().filter(({ begunAt }) => performance.now() - begunAt >= longEvent);
    const room = Math.min(settings.limit + atLongEvents.length, settings.most);
    const starting = [...members].filter(({ state }) => state === 'starting').length;
    if (members.size < room && starting < waiting.length) {
      add();
    }
    // Workers that are busy now may turn out to be at long events.
    if (members.size < settings.most) {
      look ??= setTimeout(() => {
        look = undefined;
        distribute();
      }, longEvent);
    }
  };

  const begin = (member: Member, job: Job): void => {
    const now = performance.now();
    if (now - job.since > patienceMilliseconds) {
      job.done({ kind: 'throttled' });
      return;
    }
    const milliseconds = settings.timeoutSeconds * 1000;
    clearTimeout(member.timer);
    member.state = 'busy';
    member.job = job;
    member.begunAt = now;
    member.timer = setTimeout(() => timedOut(member), milliseconds);
    member.worker.post({
      requestId: randomUUID(),
      event: job.event,
      deadline: Date.now() + milliseconds,
    });
  };

  const finish = (member: Member, invocation: Invocation, logBytes: number): void => {
    const { job } = member;
    if (job === undefined) {
      return;
    }
    clearTimeout(member.timer);
    member.job = undefined;
    settings.handled(performance.now() - member.begunAt, logBytes);
    job.done(invocation);
  };

  const replied = (member: Member, reply: WorkerReply): void => {
    if (member.state === 'leaving') {
      return;
    }
    if (reply.kind === 'unusable') {
      leave(member);
      waiting.shift()?.done(failure(reply));
      distribute();
      return;
    }
    if (reply.kind !== 'ready') {
      finish(member, invocationOf(reply), reply.logBytes);
    }
    member.state = 'idle';
    member.timer = setTimeout(() => leave(member), settings.idleMilliseconds).unref();
    distribute();
  };

  const timedOut = (member: Member): void => {
    leave(member);
    finish(member, { kind: 'timed-out', seconds: settings.timeoutSeconds }, 0);
    distribute();
  };

  const leave = (member: Member): void => {
    member.state = 'leaving';
    members.delete(member);
    void member.worker.terminate();
  };

  const ended = (member: Member, end: WorkerEnd): void => {
    clearTimeout(member.timer);
    members.delete(member);
    if (member.state === 'starting') {
      waiting.shift()?.done(failure(end));
    }
    finish(member, failure(end), 0);
    if (!closed) {
      distribute();
    }
  };

  const busy = (): Member[] => [...members].filter(({ state }) => state === 'busy');

  return {
    handle: (event) => {
      const inFlight = busy().length + waiting.length;
      if (closed || (settings.strict && inFlight >= settings.limit)) {
        return Promise.resolve({ kind: 'throttled' });
      }
      return new Promise((done) => {
        waiting.push({ event, since: performance.now(), done });
        distribute();
      });
    },
    kill: async () => {
      const victims = busy();
      await Promise.all(victims.map(({ worker }) => worker.terminate()));
      return victims.length;
    },
    stop: async (patience) => {
      const deadline = performance.now() + patience;
      while ((busy().length > 0 || waiting.length > 0) && performance.now() < deadline) {
        await new Promise((later) => setTimeout(later, 10));
      }
      closed = true;
      clearTimeout(look);
      await Promise.all([...members].map(({ worker }) => worker.terminate()));
      for (const job of waiting.splice(0)) {
        job.done({ kind: 'throttled' });
      }
    },
  };
}

/** The one used last: its caches are the warmest, and the others may rest. */
function lastIdle(members: ReadonlySet<Member>): Member | undefined {
  let found: Member | undefined;
  for (const member of members) {
    if (member.state === 'idle' && (found === undefined || member.begunAt > found.begunAt)) {
      found = member;
    }
  }
  return found;
}

function invocationOf(reply: Extract<WorkerReply, { logBytes: number }>): Invocation {
  return reply.kind === 'returned'
    ? { kind: 'returned', payload: JSON.parse(reply.payload) }
    : failure(reply);
}

function failure({ errorType, errorMessage }: WorkerEnd): Invocation {
  return { kind: 'failed', errorType, errorMessage };
}
