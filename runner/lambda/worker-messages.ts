/** The facts about its function that a worker needs before the first event. */
export type WorkerStart = {
  /** Absolute path of the bundled module, and the export in it that handles events. */
  readonly modulePath: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** File that takes standard output and error; undefined when the role may not write logs. */
  readonly logFile: string | undefined;
};

/** One event for a worker. Payloads cross as JSON text, as they do on AWS. */
export type WorkerEvent = {
  readonly requestId: string;
  readonly event: string;
  /** Milliseconds since 1970 at which the function will be stopped. */
  readonly deadline: number;
};

/** A line of the log that a worker could not write. */
export type Unlogged = { readonly kind: 'unlogged'; readonly reason: string };

/** Replies of a worker: once whether the module could be loaded, then once per event. */
export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly errorType: string; readonly errorMessage: string }
  | { readonly kind: 'returned'; readonly payload: string; readonly logBytes: number }
  | {
      readonly kind: 'failed';
      readonly errorType: string;
      readonly errorMessage: string;
      readonly logBytes: number;
    };

/** The message after which a worker ends, in the place of an event. */
export const endOfWorker = 'end';
