/** How much an anomaly matters: `info` and `warning` are shown and do not stop billing, `error` holds the CDR. */
export type Severity = 'info' | 'warning' | 'error';

/**
 * Something about a session that a careful operator would want to know.
 * `code` is one of docs/errors.md, `message` one clear sentence for people, `ref` names the reading or event it is about.
 */
export type Anomaly = {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly ref?: string;
};
