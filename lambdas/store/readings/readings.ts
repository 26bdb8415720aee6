import {
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import { chargerKey as chargerKeyOf } from '../../../core/charger/charger-key.ts';
import { type ConnectorRef, isAbout } from '../../../core/charger/connector-ref.ts';
import type { Session } from '../../../core/session/session.ts';
import type { Source } from '../../../core/session/source.ts';
import { evidenceMessageBytes } from '../../runtime/evidence-bytes.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { type Item, text, toItem } from '../table/item.ts';
import {
  evseReadingsPk,
  kindOfReadingSk,
  readingSk,
  sessionOfReadingsPk,
  sessionReadingsPk,
} from '../table/keys/reading-keys.ts';
import { packedText, unpackedText } from '../table/packed-text.ts';
import { queryItems } from '../table/query-items.ts';
import { sourceFrom } from './source-from.ts';

/** The kind of a stored message. */
export type MessageKind = StoredMessage['kind'];

/** One message about energy or state, kept exactly as the charger sent it. */
export type NewMessageRecord = ConnectorRef & {
  readonly kind: MessageKind;
  readonly operatorId: string;
  readonly chargerId: string;
  readonly chargerKey: string;
  /** The transaction it belongs to; absent when the message names no possible one. */
  readonly sessionId?: string;
  readonly protocol: Source;
  /** ISO 8601 in UTC. */
  readonly receivedAt: string;
  /** When it was kept, ISO 8601 in UTC, where that was later than its receipt. */
  readonly keptAt?: string;
  /** The charger's time, ISO 8601 in UTC with milliseconds; the time of receipt where the charger gave none. */
  readonly at: string;
  /** The payload as JSON, as the charger sent it. */
  readonly raw: string;
};

/** A message that was kept; `key` is its place in its partition: time, kind and content. */
export type MessageRecord = NewMessageRecord & { readonly key: string };

const kinds = [
  'meter',
  'stop',
  'status',
  'event',
  'pushed',
] as const satisfies readonly MessageKind[];

const kindFrom = (value: string): MessageKind => kinds.find((one) => one === value) ?? 'meter';

/** The dictionary that messages are packed with from now on. */
const dictionary = 1;

/** The facts of a message's receipt, in the line before its text: whatever the key does not say. */
type Receipt = readonly [
  operatorId: string,
  chargerId: string,
  evseId: number,
  connectorId: number,
  protocol: string,
  receivedAt: string,
  keptAt?: string,
];

const receiptOf = (reading: NewMessageRecord): Receipt => {
  const { operatorId, chargerId, evseId, connectorId, protocol, receivedAt, keptAt } = reading;
  const facts = [operatorId, chargerId, evseId, connectorId, protocol, receivedAt] as const;
  return keptAt === undefined ? facts : [...facts, keptAt];
};

/** Reads a kept message from its item. */
export const messageRecordFrom = (item: Item): MessageRecord => recordFrom(text(item, 'pk'), item);

/** Reads a message of a partition from its key and its text: there are thousands of these in a session. */
function recordFrom(pk: string, item: Item): MessageRecord {
  const sk = text(item, 'sk');
  const message = unpackedText(item, 'message');
  const end = message.indexOf('\n');
  // This store alone writes it.
  const receipt = JSON.parse(message.slice(0, end)) as Receipt;
  const [operatorId, chargerId, evseId, connectorId, protocol, receivedAt, keptAt] = receipt;
  const sessionId = sessionOfReadingsPk(pk);
  return {
    key: sk,
    kind: kindFrom(kindOfReadingSk(sk)),
    operatorId,
    chargerId,
    chargerKey: chargerKeyOf(operatorId, chargerId),
    evseId,
    connectorId,
    protocol: sourceFrom(protocol),
    receivedAt,
    at: sk.slice(0, sk.indexOf('#')),
    raw: message.slice(end + 1),
    ...(sessionId === undefined ? undefined : { sessionId }),
    ...(keptAt === undefined ? undefined : { keptAt }),
  };
}

/**
 * Stores a message; one with the same content and time already exists and changes nothing.
 * `contentHash` is the start of the SHA-256 of the content in hex; `retentionDays` count from the receipt.
 */
export async function keepReading(
  database: Database,
  reading: NewMessageRecord,
  contentHash: string,
  retentionDays: number,
): Promise<'kept' | 'duplicate'> {
  const pk =
    reading.sessionId === undefined
      ? evseReadingsPk(reading.chargerKey, reading.evseId)
      : sessionReadingsPk(reading.sessionId);
  const expiresAt = Math.floor(Date.parse(reading.receivedAt) / 1000) + retentionDays * 86_400;
  const put = await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.readings,
        Item: {
          ...toItem({
            pk,
            sk: readingSk(reading.at, reading.kind, contentHash),
            kind: reading.kind,
            expiresAt,
          }),
          message: packedText(`${JSON.stringify(receiptOf(reading))}\n${reading.raw}`, dictionary),
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
  return put.kind === 'written' ? 'kept' : 'duplicate';
}

/** Messages that were read, and whether they are all that there are. */
export type BoundedRecords = {
  readonly records: readonly MessageRecord[];
  readonly isWhole: boolean;
};

/** A range of a partition by the charger's time. */
type Range = { readonly pk: string; readonly from: string; readonly to: string };

/** A query of a range. The partition is known, and the kind is in the key: of the items only the rest comes. */
const queryOf = ({ readings }: Database, { pk, from, to }: Range) =>
  ({
    TableName: readings,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: toItem({ ':pk': pk, ':from': from, ':to': to }),
    ProjectionExpression: 'sk, message',
    ConsistentRead: true,
  }) satisfies QueryCommandInput;

/**
 * Reads a range until so many bytes of messages were read. A page has 1 MB of items as they are stored, which is all of an ordinary
 * session; its messages, which may be a hundred times as large, are unpacked one by one.
 */
async function readRange(
  database: Database,
  range: Range,
  mostBytes: number,
): Promise<BoundedRecords> {
  const records: MessageRecord[] = [];
  let bytes = 0;
  let start: Item | undefined;
  do {
    const page: QueryCommandOutput = await database.client.send(
      new QueryCommand({ ...queryOf(database, range), ExclusiveStartKey: start }),
    );
    for (const item of page.Items ?? []) {
      const record = recordFrom(range.pk, item);
      bytes += evidenceMessageBytes(record.raw);
      if (bytes > mostBytes) return { records, isWhole: false };
      records.push(record);
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return { records, isWhole: true };
}

/** Whose messages are read: those of its transaction, or of its part of what was said under its id. */
export type ReadSession = Pick<Session, 'sessionId' | 'part'>;

const sessionRange = ({ sessionId, part }: ReadSession): Range => ({
  pk: sessionReadingsPk(part?.of ?? sessionId),
  from: part?.from ?? '0',
  to: part?.until ?? '~',
});

/** Reads what was kept of a transaction, by the charger's time, at most so many bytes of it. */
export const readSessionReadings = async (
  database: Database,
  session: ReadSession,
  mostBytes: number,
): Promise<BoundedRecords> => await readRange(database, sessionRange(session), mostBytes);

/** One page of a range, from behind a key, by the charger's time. */
async function readPage(
  database: Database,
  range: Range,
  after: string | undefined,
  limit: number,
): Promise<BoundedRecords> {
  const from = after !== undefined && after > range.from ? after : range.from;
  if (from > range.to) return { records: [], isWhole: true };
  // One more than is asked for, as BETWEEN includes the key itself.
  const page = await database.client.send(
    new QueryCommand({ ...queryOf(database, { ...range, from }), Limit: limit + 1 }),
  );
  const records = (page.Items ?? []).map((item) => recordFrom(range.pk, item));
  return {
    records: records.filter(({ key }) => key !== after),
    isWhole: page.LastEvaluatedKey === undefined,
  };
}

/** Reads messages of a transaction from behind a key, by the charger's time, at most so many. */
export const readSessionPage = async (
  database: Database,
  session: ReadSession,
  after: string | undefined,
  limit: number,
): Promise<BoundedRecords> => await readPage(database, sessionRange(session), after, limit);

async function readLast(
  database: Database,
  range: Range,
  limit: number,
): Promise<readonly MessageRecord[]> {
  const input = { ...queryOf(database, range), ScanIndexForward: false };
  const items = await queryItems(database, input, limit);
  return items.map((item) => recordFrom(range.pk, item));
}

/** Reads the last messages of a transaction by the charger's time, the latest first. */
export const readLastOfSession = async (
  database: Database,
  session: ReadSession,
  limit: number,
): Promise<readonly MessageRecord[]> => await readLast(database, sessionRange(session), limit);

/** Reads the last messages of a connector outside any transaction by the charger's time, the latest first. */
export async function readLastOfConnector(
  database: Database,
  chargerKey: string,
  connector: ConnectorRef,
  limit: number,
): Promise<readonly MessageRecord[]> {
  const pk = evseReadingsPk(chargerKey, connector.evseId);
  const records = await readLast(database, { pk, from: '0', to: '~' }, limit);
  return records.filter((record) => isAbout(record, connector));
}

/** A connector's messages outside any transaction between two times, both included (ISO 8601 in UTC). */
type ConnectorSpan = {
  readonly chargerKey: string;
  readonly connector: ConnectorRef;
  readonly from: string;
  readonly to: string;
};

const connectorRange = ({ chargerKey, connector, from, to }: ConnectorSpan): Range => ({
  pk: evseReadingsPk(chargerKey, connector.evseId),
  from,
  to: `${to}#~`,
});

/** Reads what an EVSE and its connectors reported outside any transaction between two times, at most so many bytes of it. */
export const readConnectorReadings = async (
  database: Database,
  span: ConnectorSpan,
  mostBytes: number,
): Promise<BoundedRecords> =>
  span.from > span.to
    ? { records: [], isWhole: true }
    : await readRange(database, connectorRange(span), mostBytes);

/** Reads what an EVSE and its connectors reported outside any transaction from behind a key, at most so many messages. */
export const readConnectorPage = async (
  database: Database,
  span: ConnectorSpan,
  after: string | undefined,
  limit: number,
): Promise<BoundedRecords> => await readPage(database, connectorRange(span), after, limit);
