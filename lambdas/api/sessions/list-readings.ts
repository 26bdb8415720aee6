import type { DecodedMessage } from '../../../core/cdr/compute/cdr-rules.ts';
import { decodedView } from '../../../core/cdr/compute/decoded-view.ts';
import { loadDecoder } from '../../../core/ocpp/load-decoder.ts';
import { isOf, readReadingsPage, type SessionMessage } from '../../store/readings/evidence.ts';
import type { CountedReadings } from '../../store/sessions/closed-running-view.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import type { Database } from '../../store/table/client.ts';
import type { Listed, ListRequest } from '../../store/table/listed.ts';

// The session's protocol, not the message's own: so its CDR reads them.
const readingView = (decoded: DecodedMessage, reading: SessionMessage) => {
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
    ...decodedView(decoded),
  };
};

/** Pages that are read for one answer, where a filter leaves little of each, and bytes of messages after which it ends. */
const mostPages = 8;
const mostBytes = 500_000;

/**
 * Lists what a charger reported about a session, by the charger's time; `late` picks what came too late, or the rest.
 * `counted` names the messages that the CDR was made from. Reads what it gives, from the cursor on, and 1 MB at most at a time: a
 * page may have fewer items than its limit, and the list ends only where there is no cursor.
 */
export async function listReadings(
  database: Database,
  stored: StoredSession,
  counted: CountedReadings | undefined,
  { after, limit, late }: ListRequest & { readonly late?: boolean | undefined },
): Promise<Listed<ReturnType<typeof readingView>>> {
  const items: SessionMessage[] = [];
  let cursor = after;
  let isWhole = false;
  let bytes = 0;
  for (let n = 0; n < mostPages && !isWhole && items.length < limit; n += 1) {
    const wanted = { after: cursor, limit: limit - items.length };
    const page = await readReadingsPage(database, stored, counted, wanted);
    const own = page.messages.filter((one) => isOf(stored, one));
    items.push(...own.filter((one) => late === undefined || one.late === late));
    cursor = page.messages.at(-1)?.key ?? cursor;
    isWhole = page.isWhole;
    bytes += page.messages.reduce((sum, { raw }) => sum + raw.length, 0);
    if (bytes > mostBytes) break;
  }
  const { protocol } = stored.session;
  const decode = await loadDecoder([protocol]);
  return {
    items: items.map((reading) => readingView(decode(protocol, reading), reading)),
    next: isWhole ? null : (cursor ?? null),
  };
}
