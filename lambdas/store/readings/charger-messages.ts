import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { shownText } from '../../../core/command/secret-settings.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { messageBytes } from '../../runtime/evidence-bytes.ts';
import type { Database } from '../table/client.ts';
import { type Item, text, toItem } from '../table/item.ts';
import { chargerMessageSk, chargerMessagesPk } from '../table/keys/charger-message-keys.ts';
import type { Listed, ListRequest } from '../table/listed.ts';
import { packedText, unpackedText } from '../table/packed-text.ts';
import { protocolFrom } from './protocol-from.ts';

/** A message of a charger that only informs, as it came. */
export type ChargerMessage = {
  readonly protocol: Protocol;
  readonly action: string;
  /** ISO 8601 in UTC. */
  readonly receivedAt: string;
  /** The payload as JSON, as the charger sent it, without secrets. */
  readonly raw: string;
  /** True for the last message of a day of which more were sent than are kept. */
  readonly furtherLeftOut?: true;
};

/** Days that the messages of a charger are kept. */
export const messageDays = 30;

/** The dictionary that messages are packed with from now on. */
const dictionary = 1;

/**
 * Keeps a message of a charger for 30 days; the same one at the same time is kept once. `contentHash` is the start of the
 * SHA-256 of the content in hex.
 */
export async function keepChargerMessage(
  database: Database,
  chargerKey: string,
  message: ChargerMessage,
  contentHash: string,
): Promise<void> {
  const { protocol, action, receivedAt, raw, furtherLeftOut } = message;
  const expiresAt = Math.floor(Date.parse(receivedAt) / 1000) + messageDays * 86_400;
  await database.client.send(
    new PutItemCommand({
      TableName: database.readings,
      Item: {
        ...toItem({
          pk: chargerMessagesPk(chargerKey),
          sk: chargerMessageSk(receivedAt, contentHash),
          kind: 'message',
          protocol,
          action,
          receivedAt,
          furtherLeftOut,
          expiresAt,
        }),
        message: packedText(raw, dictionary),
      },
    }),
  );
}

const messageFrom = (item: Item): ChargerMessage =>
  omitUndefined({
    protocol: protocolFrom(text(item, 'protocol')),
    action: text(item, 'action'),
    receivedAt: text(item, 'receivedAt'),
    // Those that were kept until lately have their secrets.
    raw: shownText(unpackedText(item, 'message')),
    furtherLeftOut: item['furtherLeftOut']?.BOOL === true ? (true as const) : undefined,
  });

/** Which messages of a charger are asked for; the times of receipt are included, ISO 8601 in UTC with milliseconds. */
export type MessageFilter = {
  readonly actions?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** Queries that are made for a page, where a filter leaves little of each, and items that each of them looks at. */
const mostQueries = 3;
const looksAt = 250;

/** Bytes of messages on a page: an answer of the API has 6 MB. */
const mostPageBytes = 1_000_000;

/** The highest sort key of a time. */
const endOf = (time: string): string => `${time}#~`;

const filterOf = (actions: readonly string[] | undefined) =>
  actions === undefined
    ? {}
    : {
        FilterExpression: `#action IN (${actions.map((_one, n) => `:action${n}`).join(', ')})`,
        ExpressionAttributeNames: { '#action': 'action' },
      };

const valuesOf = (actions: readonly string[] = []): Item =>
  Object.fromEntries(actions.map((action, n) => [`:action${n}`, { S: action }]));

/** A range of a charger's messages, and how many items are looked at with each query. */
type MessageRange = {
  readonly chargerKey: string;
  readonly from: string;
  readonly to: string;
  readonly actions: readonly string[] | undefined;
  readonly lookAt: number;
};

/** Reads a range backwards, query by query; `next` is where the following one begins. */
async function* queried(
  database: Database,
  { chargerKey, from, to, actions, lookAt }: MessageRange,
): AsyncGenerator<{ readonly items: readonly Item[]; readonly next: string | null }> {
  let start: Item | undefined;
  do {
    const output = await database.client.send(
      new QueryCommand({
        TableName: database.readings,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ...filterOf(actions),
        ExpressionAttributeValues: {
          ...toItem({ ':pk': chargerMessagesPk(chargerKey), ':from': from, ':to': to }),
          ...valuesOf(actions),
        },
        ScanIndexForward: false,
        Limit: lookAt,
        ExclusiveStartKey: start,
        ConsistentRead: true,
      }),
    );
    start = output.LastEvaluatedKey;
    yield { items: output.Items ?? [], next: start === undefined ? null : text(start, 'sk') };
  } while (start !== undefined);
}

/** A page that is being filled. */
type Filling = { readonly limit: number; readonly items: ChargerMessage[]; bytes: number };

/** Adds messages to a page until it is full; gives the place of the last one that found room then, else undefined. */
function fill(page: Filling, found: readonly Item[], before: string | undefined) {
  let place = before;
  for (const item of found) {
    const message = messageFrom(item);
    page.bytes += messageBytes(message.raw);
    const isFull = page.items.length === page.limit || page.bytes > mostPageBytes;
    if (isFull && place !== undefined) return place;
    page.items.push(message);
    place = text(item, 'sk');
  }
  return undefined;
}

/**
 * Lists the messages of a charger, the latest first. A page may have fewer than its limit, and even none, while there are more:
 * the list ends only where there is no place to continue.
 */
export async function listChargerMessages(
  database: Database,
  chargerKey: string,
  { actions, from = '0', to = '~' }: MessageFilter,
  { limit, after }: ListRequest,
): Promise<Listed<ChargerMessage>> {
  const last = after !== undefined && after < endOf(to) ? after : endOf(to);
  if (from > last) return { items: [], next: null };
  const page: Filling = { limit, items: [], bytes: 0 };
  // One more to know whether the list continues, and one because BETWEEN includes the place of the cursor itself.
  const lookAt = actions === undefined ? limit + 2 : looksAt;
  let place = after;
  let queries = 0;
  for await (const { items, next } of queried(database, {
    chargerKey,
    from,
    to: last,
    actions,
    lookAt,
  })) {
    const rest = items.filter((item) => item['sk']?.S !== after);
    const full = fill(page, rest, place);
    if (full !== undefined) return { items: page.items, next: full };
    queries += 1;
    if (next === null || queries === mostQueries) return { items: page.items, next };
    place = next;
  }
  return { items: page.items, next: null };
}

/** Items and bytes that are read for what is put together from messages. */
const mostItems = 10_000;
const mostAssembled = 4_000_000;

/** Reads messages of a charger to put them together, the latest first: 4 MB of them, found among the latest 10,000. */
export async function readChargerMessages(
  database: Database,
  chargerKey: string,
  { actions, from = '0', to = '~' }: MessageFilter,
): Promise<readonly ChargerMessage[]> {
  const messages: ChargerMessage[] = [];
  let [looked, bytes] = [0, 0];
  const range = { chargerKey, from, to: endOf(to), actions, lookAt: looksAt };
  for await (const { items } of queried(database, range)) {
    for (const message of items.map(messageFrom)) {
      bytes += messageBytes(message.raw);
      if (bytes > mostAssembled) return messages;
      messages.push(message);
    }
    looked += looksAt;
    if (looked >= mostItems) break;
  }
  return messages;
}
