import type { JsonObject } from '../template/json-object.ts';

/** How tests and demos bend time and order; without them everything is as on AWS. */
export type EventSourceOptions = {
  /** Factor for batching windows and the delays of queues, 1 unless given. */
  readonly windowScale?: number;
  /** Factor for the waits between tries, 1 unless given. */
  readonly backoffScale?: number;
  /**
   * Chaos: turns the records of a batch into the batches that are delivered for it, in order.
   * It may repeat records and hand out earlier ones again; leaving one out would lose it.
   */
  readonly disturb?: (records: readonly JsonObject[]) => readonly (readonly JsonObject[])[];
  /** Gets problems that are reported nowhere else, one line each. */
  readonly report?: (line: string) => void;
};
