import type { EventSourceOptions } from './event-source-options.ts';

/**
 * Batching windows and the delays of queues on a laptop last a fiftieth of what the template says: nobody bills the runs
 * that fuller batches save, and who tries something out does not want to wait for its effect. But a charger has its half minute to answer a
 * command, and a command its life: both are promised to whoever is at the other end, and may be a real charger.
 */
export const unbilledWindows: EventSourceOptions = {
  windowScale: 0.02,
  wholeDelays: /"kind":"(?:deadline|compare|confirm)"/,
};
