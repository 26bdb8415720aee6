import type { EventSourceOptions } from './event-source-options.ts';

/**
 * Batching windows and the delays of queues on a laptop last a fiftieth of what the template says: nobody bills the runs
 * that fuller batches save, and who tries something out does not want to wait for its effect.
 */
export const unbilledWindows: EventSourceOptions = { windowScale: 0.02 };
