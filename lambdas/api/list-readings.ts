import { decodedView } from '../../core/cdr/compute/decoded-view.ts';
import { decodeMessage } from '../../core/ocpp/decode-message.ts';
import type { Protocol } from '../../core/ocpp/protocol.ts';
import type { CountedReadings } from '../store/closed-running-view.ts';
import { readAllReadings, type SessionMessage } from '../store/evidence.ts';
import type { StoredSession } from '../store/session-item.ts';
import type { Database } from '../store/table/client.ts';
import type { Listed, ListRequest } from '../store/table/listed.ts';

// The session's protocol, not the message's own: so its CDR reads them.
const readingView = (protocol: Protocol, reading: SessionMessage) => {
  const { key, kind, raw, at, receivedAt, evseId, connectorId } = reading;
  return {
    key,
    kind,
    at,
    receivedAt,
    evseId,
    connectorId,
    /** True when it came too late for the CDR, and does not count for it. */
    late: reading.late,
    /** As received: the text covered by the CDR's hash of readings. */
    raw,
    /** As understood. */
    ...decodedView(decodeMessage(protocol, reading)),
  };
};

/**
 * Lists what a charger reported about a session, by the charger's time; `late` picks what came too late, or the rest.
 * `counted` says what the CDR rests on that is meant.
 */
export async function listReadings(
  database: Database,
  stored: StoredSession,
  counted: CountedReadings | undefined,
  request: ListRequest & { readonly late?: boolean | undefined },
): Promise<Listed<ReturnType<typeof readingView>>> {
  const { late } = request;
  const all = await readAllReadings(database, stored, counted);
  const wanted = all.filter((reading) => late === undefined || reading.late === late);
  const rest = wanted.filter(({ key }) => request.after === undefined || key > request.after);
  const page = rest.slice(0, request.limit);
  const last = page.at(-1);
  return {
    items: page.map((reading) => readingView(stored.session.protocol, reading)),
    next: rest.length > page.length && last !== undefined ? last.key : null,
  };
}
