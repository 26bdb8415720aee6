import { isJsonObject } from '../ocpp/json-object.ts';
import { parseJson } from '../ocpp/rpc/parse-json.ts';
import type { AnsweredCommand } from './known-configuration.ts';

/** A message of a charger about the upload of a log, as it came. */
export type LogStatusMessage = {
  readonly action: string;
  /** ISO 8601 in UTC. */
  readonly receivedAt: string;
  /** The payload as JSON. */
  readonly raw: string;
};

/** The messages in which chargers say how an upload goes on: of diagnostics in OCPP 1.6, of a numbered log in its security extension and OCPP 2. */
export const logStatusActions = ['DiagnosticsStatusNotification', 'LogStatusNotification'] as const;

/** A log that a charger was asked to upload. */
export type LogUpload = {
  readonly kind: 'diagnostics' | 'security';
  readonly url: string;
  /** Under which we keep a file that is left here; absent where it goes elsewhere. */
  readonly logId?: string;
  /** ISO 8601 in UTC. */
  readonly askedAt: string;
  /** Absent where the charger named none. */
  readonly fileName?: string;
  /** The charger's latest word on it, and when it came; absent while it has said nothing. */
  readonly status?: string;
  readonly statusAt?: string;
};

/** A command with the time at which it was made, ISO 8601 in UTC. */
export type TimedCommand = AnsweredCommand & { readonly createdAt: string };

type Said = {
  readonly status: string;
  readonly requestId: number | undefined;
  readonly at: string;
};

const saidIn = ({ raw, receivedAt: at }: LogStatusMessage): readonly Said[] => {
  const payload = parseJson(raw)?.value;
  if (!isJsonObject(payload) || typeof payload['status'] !== 'string') return [];
  const { status, requestId } = payload;
  // A charger that has nothing to upload says so when it is asked, and means no upload.
  if (status === 'Idle') return [];
  return [{ status, requestId: typeof requestId === 'number' ? requestId : undefined, at }];
};

/**
 * The logs that a charger was asked for, the latest first, with what it said of each: by the number of the request, and without one
 * by its time, since a charger has one upload at a time. `commands` are the charger's, the latest first.
 */
export function logUploads(
  commands: readonly TimedCommand[],
  messages: readonly LogStatusMessage[],
): readonly LogUpload[] {
  const said = messages.flatMap(saidIn).sort((a, b) => (a.at < b.at ? -1 : 1));
  let until: string | undefined;
  return commands.flatMap(({ request, outcome, createdAt: askedAt }) => {
    if (request.type !== 'get-logs' || outcome?.kind !== 'accepted') return [];
    const { kind, url, logId, requestId } = request;
    const end = until;
    until = askedAt;
    const latest = said.findLast(({ requestId: number, at }) =>
      number === undefined
        ? at >= askedAt && (end === undefined || at < end)
        : number === requestId && at >= askedAt,
    );
    const fileName = outcome.data?.kind === 'file' ? outcome.data.fileName : undefined;
    return [
      {
        kind,
        url,
        ...(logId === undefined ? {} : { logId }),
        askedAt,
        ...(fileName === undefined ? {} : { fileName }),
        ...(latest === undefined ? {} : { status: latest.status, statusAt: latest.at }),
      },
    ];
  });
}
