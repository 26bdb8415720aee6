/** The answer to a caller of the management API. */
export type ManagementAnswer = {
  readonly status: number;
  /** Name of the exception, for everything that is not a success. */
  readonly errorType?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
};
