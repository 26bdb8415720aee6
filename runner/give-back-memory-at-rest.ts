import { Session } from 'node:inspector';
import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { RunningPart } from './runner-interfaces.ts';

/** How often the thread is looked at, ms: it rests when it had next to nothing to do since the last time. */
const everyMilliseconds = 10_000;

/** The share of the time that a thread at rest works at most: one that serves a hundred chargers at full speed works a third of it. */
const mostWork = 0.1;

/** Bytes that V8 holds more than after the last time, so that it is worth a pause of some hundredths of a second. */
const worthwhile = 32 * 1024 * 1024;

/**
 * Gives the memory of V8 in this thread back to the machine soon after a load: V8 itself does so when it next runs out of the room that
 * the load has made it take, and who rests needs minutes or hours for that. `milliseconds`: how often it looks, ten seconds unless given.
 */
export function giveBackMemoryAtRest(milliseconds = everyMilliseconds): RunningPart {
  let before: EventLoopUtilization = performance.eventLoopUtilization();
  let kept = 0;
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    // After each load again: some of what was kept the last time may be free by now.
    if (utilization > mostWork) kept = 0;
    if (utilization > mostWork || held() < kept + worthwhile) return;
    collectGarbage(() => {
      kept = held();
    });
  }, milliseconds).unref();
  return { stop: async () => clearInterval(timer) };
}

/** The memory that V8 holds in this thread for objects, whether there are any in it or not, bytes. */
const held = (): number => getHeapStatistics().total_physical_size;

/** Collects all that nobody refers to, and gives empty pages back, as V8 does where memory is short. */
function collectGarbage(done: () => void): void {
  const session = new Session();
  session.connect();
  // Node waits for ever where a session ends within its own answer, and collects little where it ends before it.
  session.post('HeapProfiler.collectGarbage', () => {
    setImmediate(() => {
      session.disconnect();
      done();
    });
  });
}
