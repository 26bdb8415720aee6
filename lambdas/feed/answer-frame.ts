import * as z from 'zod';
import { normalizeChargerId } from '../../core/charger/charger-key.ts';
import { eventTypes } from '../../core/event/event.ts';
import { eventId, positionOf } from '../../core/event/event-id.ts';
import type { FeedMessage } from '../outbound/delivery-message.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import { readHead } from '../store/events/append-events.ts';
import { readAudience } from '../store/events/audience.ts';
import { readLog } from '../store/events/read-log.ts';
import { addSubscriber } from '../store/events/subscribers.ts';
import type { Database } from '../store/table/client.ts';

/** A connection of the feed, as its authorizer let it in. */
export type Reader = {
  readonly operatorId: string;
  readonly apiKeyId: string;
  readonly connectionId: string;
  /** Epoch ms. */
  readonly connectedAt: number;
};

/** The surroundings of an answer. */
export type Answering = {
  readonly database: Database;
  readonly send: SendOutbound;
  readonly now: number;
};

const mostNamed = 100;
/** Connections of an operator that may subscribe at once: each batch of events is sent to each. */
const mostSubscribers = 50;
/** API Gateway ends a connection after two hours; ms, with some minutes to spare. */
const longestConnection = 130 * 60_000;
/**
 * Seconds after which the log is looked at again for a new subscriber: a run of `events` that asked for subscribers before it
 * was one ends within a minute.
 */
const lookAgainAfter = [0, 5, 70] as const;
/** Later than every event of its chunk. */
const endOfChunk = 999;

const FrameSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({
    type: z.literal('subscribe'),
    types: z.array(z.enum(eventTypes)).max(mostNamed).default([]),
    chargers: z.array(z.string().min(1).max(48)).max(mostNamed).default([]),
    locations: z.array(z.string().min(1).max(64)).max(mostNamed).default([]),
    after: z
      .string()
      .refine((text) => positionOf(text) !== undefined)
      .optional(),
  }),
]);

type Subscribe = Extract<z.output<typeof FrameSchema>, { type: 'subscribe' }>;

/** Faults of a frame, by code. */
const errors = {
  INVALID_FRAME: 'The frame must be a JSON object of the type subscribe or ping with its fields.',
  ALREADY_SUBSCRIBED: 'This connection has subscribed already; connect once more for another one.',
  TOO_MANY_SUBSCRIBERS: `At most ${mostSubscribers} connections of an operator are subscribed at once.`,
  EVENTS_GONE:
    'The events after this one are no longer kept; they are kept for 7 days. Start again without after.',
} as const;

const refuse = (code: keyof typeof errors) => ({ type: 'error', code, message: errors[code] });

function frameFrom(body: string | undefined) {
  try {
    return FrameSchema.safeParse(JSON.parse(body ?? '')).data;
  } catch {
    return undefined;
  }
}

const messageOf = ({ operatorId, connectionId, apiKeyId }: Reader): FeedMessage => ({
  kind: 'feed',
  operatorId,
  connectionId,
  apiKeyId,
  waitSeconds: 0,
});

async function startOf(
  { database, now }: Answering,
  { operatorId }: Reader,
  after: string | undefined,
): Promise<string | undefined> {
  if (after === undefined) {
    return eventId({ chunk: await readHead(database, operatorId), index: endOfChunk });
  }
  const read = await readLog(database, operatorId, {
    after: positionOf(after),
    limit: 1,
    isWanted: () => true,
    now,
  });
  return read.kind === 'gone' ? undefined : after;
}

async function subscribe(
  answering: Answering,
  reader: Reader,
  { types, chargers, locations, after }: Subscribe,
): Promise<object> {
  const { database, now, send } = answering;
  const { operatorId, connectionId, apiKeyId, connectedAt } = reader;
  const position = await startOf(answering, reader, after);
  if (position === undefined) return refuse('EVENTS_GONE');
  const { subscribers } = await readAudience(database, operatorId, now);
  if (subscribers.length >= mostSubscribers) return refuse('TOO_MANY_SUBSCRIBERS');
  const added = await addSubscriber(database, {
    operatorId,
    connectionId,
    apiKeyId,
    position,
    types,
    chargers: chargers.map(normalizeChargerId),
    locations,
    until: connectedAt + longestConnection,
  });
  if (added === 'exists') return refuse('ALREADY_SUBSCRIBED');
  const message = messageOf(reader);
  await send(lookAgainAfter.map((waitSeconds) => ({ ...message, waitSeconds })));
  return { type: 'subscribed', position };
}

/** Answers a frame of a reader; whatever is sent after its place goes over the queue, and with it a look at its key. */
export async function answerFrame(
  answering: Answering,
  reader: Reader,
  body: string | undefined,
): Promise<object> {
  const frame = frameFrom(body);
  if (frame === undefined) return refuse('INVALID_FRAME');
  if (frame.type === 'subscribe') return await subscribe(answering, reader, frame);
  await answering.send([messageOf(reader)]);
  return { type: 'pong' };
}
