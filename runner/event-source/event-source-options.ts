import type { JsonObject } from '../template/json-object.ts';

/** How tests and demos bend time and order; without them everything is as on AWS. */
export type EventSourceOptions = {
  /** Factor for batching windows and the delays of queues, 1 unless given. */
  readonly windowScale?: number;
  /** Messages of queues, by their body, whose delay is as on AWS whatever the factor. */
  readonly wholeDelays?: RegExp;
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

/**
 * The messages that look whether a time is over, by their body: the life of a command, or how long a charger may be away before it is
 * offline. Such a time is as long as it was given, whatever the factor: they come again until it is over, and would come without end if
 * they were not delayed. Nobody waits for them to be processed.
 */
export const looksAtTimes = /"kind":"(?:expire|offline)"/;

/** Factor for the delay of a queue's message, by its body. */
export type DelayScale = (body: string) => number;

/** The factors for delays that options ask for. */
export const delayScaleOf =
  ({ windowScale = 1, wholeDelays }: EventSourceOptions = {}): DelayScale =>
  (body) =>
    wholeDelays?.test(body) === true || looksAtTimes.test(body) ? 1 : windowScale;
