import { chargerKey } from '../../core/charger/charger-key.ts';
import type { Event } from '../../core/event/event.ts';
import { positionOf } from '../../core/event/event-id.ts';
import type { FeedMessage } from '../outbound/delivery-message.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import { readChargers } from '../store/chargers/chargers.ts';
import { readLog } from '../store/events/read-log.ts';
import {
  claimSubscriber,
  readSubscriber,
  releaseSubscriber,
  removeSubscriber,
  type Subscriber,
  wantedBy,
} from '../store/events/subscribers.ts';
import type { Database } from '../store/table/client.ts';
import type { FeedConnection } from './feed-connection.ts';

/** The surroundings of the live feed. */
export type Feeding = {
  readonly database: Database;
  readonly connection: FeedConnection;
  readonly send: SendOutbound;
  /** Whether a key may still read events. */
  readonly mayRead: (apiKeyId: string, now: number) => Promise<boolean>;
  readonly now: () => number;
  readonly newClaim: () => string;
};

/** Why we end a connection of the feed: the codes of its last frame. */
const reasons = {
  INVALID_API_KEY: 'The API key was deleted, has expired, or may not read events any more.',
  FEED_TOO_SLOW: 'Frames were not read fast enough; connect again with after.',
  FEED_INTERRUPTED: 'It is not known which events arrived; connect again with after.',
  EVENTS_GONE: 'The events after this one are no longer kept; they are kept for 7 days.',
} as const;

/** After so long, ms, whoever claimed a batch has ended without releasing it: a run takes 30 seconds at most. */
const claimedFor = 60_000;

/** Events of a frame, and their characters: API Gateway bills and cuts by 32 KB. */
const mostEvents = 100;
const mostBytes = 30_000;
/** How long, ms, one run goes on before the next one does: its function has 30 seconds, and a frame that hangs takes 5. */
const longestRun = 10_000;

const claimText = (token: string, now: number): string => `${now} ${token}`;
const claimedAt = (claim: string): number => Number(claim.slice(0, claim.indexOf(' ')));

async function close(
  { database, connection }: Feeding,
  { operatorId, connectionId }: FeedMessage,
  code: keyof typeof reasons,
): Promise<string> {
  // A best effort: what a slow reader has not taken may stand before it.
  await connection.post(
    connectionId,
    JSON.stringify({ type: 'closed', code, message: reasons[code] }),
  );
  await connection.close(connectionId);
  await removeSubscriber(database, operatorId, connectionId);
  return code;
}

/** As many events as fit into one frame, at least one. */
function frameful(events: readonly Event[]): readonly Event[] {
  let bytes = 0;
  const end = events.findIndex((event, index) => {
    bytes += Buffer.byteLength(JSON.stringify(event)) + 1;
    return index > 0 && bytes > mostBytes;
  });
  return end < 0 ? events : events.slice(0, end);
}

/** The events about chargers of the locations that a subscriber chose; all where it chose none. */
async function atLocations(
  database: Database,
  { operatorId, locations }: Subscriber,
  events: readonly Event[],
): Promise<readonly Event[]> {
  if (locations.length === 0) return events;
  const keyOf = ({ data }: Event): string | undefined =>
    typeof data['chargerId'] === 'string' ? chargerKey(operatorId, data['chargerId']) : undefined;
  const keys = [...new Set(events.flatMap((event) => keyOf(event) ?? []))];
  const chargers = await readChargers(database, keys);
  const here = new Set(
    keys.filter((_key, index) => locations.includes(chargers[index]?.locationId ?? '')),
  );
  return events.filter((event) => here.has(keyOf(event) ?? ''));
}

type Step = 'more' | 'done' | 'slow' | 'unknown' | 'gone' | 'lost';

async function sendBatch(feeding: Feeding, subscriber: Subscriber): Promise<Step> {
  const { database, connection, now, newClaim } = feeding;
  const span = await readLog(database, subscriber.operatorId, {
    after: positionOf(subscriber.position),
    limit: mostEvents,
    isWanted: wantedBy(subscriber),
    now: now(),
  });
  if (span.kind === 'gone') return 'lost';
  const wanted = await atLocations(database, subscriber, span.events);
  const events = frameful(wanted);
  const readTo = events.length < wanted.length ? events.at(-1)?.id : span.readTo;
  if (readTo === undefined || readTo === subscriber.position) return 'done';
  const claim = claimText(newClaim(), now());
  if (!(await claimSubscriber(database, subscriber, claim))) return 'more';
  if (events.length > 0) {
    const frame = JSON.stringify({ type: 'events', events, position: readTo });
    const posted = await connection.post(subscriber.connectionId, frame);
    if (posted !== 'posted') return posted;
  }
  // Whoever came meanwhile found the claim and left it to us: the log is read once more.
  return (await releaseSubscriber(database, subscriber, claim, readTo)) ? 'more' : 'unknown';
}

/**
 * Sends a connection of the feed what follows its place in the log, a batch at a time (docs/adr/0019-live-feed.md). A place is
 * claimed before a batch is sent and moved on after it. Where it stays unknown whether a batch arrived the connection is
 * ended: its client alone knows, and goes on after the last event that it got.
 */
export async function deliverFeed(feeding: Feeding, message: FeedMessage): Promise<string> {
  const { database, connection, mayRead, now, send } = feeding;
  const { operatorId, connectionId, apiKeyId } = message;
  if (!(await mayRead(apiKeyId, now()))) return await close(feeding, message, 'INVALID_API_KEY');
  const until = now() + longestRun;
  while (now() < until) {
    const subscriber = await readSubscriber(database, operatorId, connectionId);
    if (subscriber === undefined) return 'not-subscribed';
    const { claim } = subscriber;
    if (claim !== undefined) {
      if (now() - claimedAt(claim) < claimedFor) {
        // By then whoever sends now has gone on, or has ended in the middle.
        await send([{ ...message, waitSeconds: claimedFor / 1000 + 1 }]);
        return 'claimed';
      }
      return await close(feeding, message, 'FEED_INTERRUPTED');
    }
    const step = await sendBatch(feeding, subscriber);
    switch (step) {
      case 'more':
        break;
      case 'done':
        return 'sent';
      case 'gone':
        await connection.close(connectionId);
        await removeSubscriber(database, operatorId, connectionId);
        return 'gone';
      case 'slow':
        return await close(feeding, message, 'FEED_TOO_SLOW');
      case 'unknown':
        return await close(feeding, message, 'FEED_INTERRUPTED');
      case 'lost':
        return await close(feeding, message, 'EVENTS_GONE');
      default:
        return step satisfies never;
    }
  }
  await send([message]);
  return 'continued';
}
