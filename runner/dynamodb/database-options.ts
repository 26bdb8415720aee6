/** The fate of a call: it fails, it is refused as too much, it waits for a promise, or nothing happens to it. */
export type Disturbance = 'fail' | 'throttle' | undefined | Promise<undefined>;

/** How tests trouble the database; without them it answers every call. */
export type DatabaseOptions = {
  /**
   * Asked about each call that IAM allows, by operation (`PutItem`) and the address of the function that calls, if one
   * does: `fail` answers 500 InternalServerError, `throttle` what a table answers that more is asked of than it takes, which is
   * counted as AWS does; neither reaches the engine. The SDK tries again by itself, but for a transaction that was throttled.
   * A call for which there is a promise reaches the engine once that resolves: until then its function waits, as a frozen one does.
   */
  readonly disturb?: (operation: string, functionAddress: string | undefined) => Disturbance;
};
