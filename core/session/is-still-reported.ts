import type { ConnectorStatus } from '../charger/connector-status.ts';

/** Known facts of a connected charger and a session of it that runs. Times are of our clock, ISO 8601 in UTC. */
export type ReportedSession = {
  /** The last sign of the session. */
  readonly lastHeardAt: string;
  /** The last boot of its charger; absent where none is known. */
  readonly bootedAt?: string | undefined;
  /** The latest status of its connector; absent where it never reported any. */
  readonly connector?:
    | { readonly status?: string | undefined; readonly statusReceivedAt?: string | undefined }
    | undefined;
};

/** The states of a connector that say that no transaction runs there (OCPP 1.6 section 4.9). */
const statesWithout: ReadonlySet<string> = new Set<ConnectorStatus>([
  'available',
  'finishing',
  'reserved',
  'unavailable',
  'faulted',
]);

/**
 * True if a connected charger still reports a session, as far as it said: it has not booted since its last sign of it, nor
 * said that no transaction runs on its connector. One that sends no readings reports it by its silence.
 */
export const isStillReported = ({
  lastHeardAt,
  bootedAt = '',
  connector = {},
}: ReportedSession): boolean => {
  const { status = '', statusReceivedAt = '' } = connector;
  const isOver = statesWithout.has(status) && statusReceivedAt > lastHeardAt;
  return bootedAt <= lastHeardAt && !isOver;
};
