import {
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteItem,
  type Update,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { firstSequence } from '../../../core/command/command-sequence.ts';
import { type CommandEvent, stateAfter, stateBefore } from '../../../core/command/command-state.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { commandKey, commandLineKey, commandPrefix } from '../table/keys/command-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import type { Listed, ListRequest } from '../table/listed.ts';
import { queryItems } from '../table/query-items.ts';
import { despiteConflicts, transact } from '../table/transact.ts';
import { type Change, updateOf } from '../table/update.ts';
import { type Command, commandFrom, commandItem, endedWithout } from './command-item.ts';
import { behindLast } from './command-line.ts';

/** Commands that may be kept at once: a transaction has 100 parts, one is their line, and one may be an answer. */
export const mostCommandsAtOnce = 98;

/** A note in the line of a charger that is kept with a new command, and the condition on which both are. */
export type LineNote = { readonly change: Change; readonly condition?: string };

/** How often a line may be written by others before a command is kept without it: many are made at once. */
const mostOnLine = 3;

const updateOfLine = (
  database: Database,
  chargerKey: string,
  sequence: string,
  { change, condition }: LineNote = { change: {} },
): Update => {
  const behind = behindLast(sequence);
  return {
    TableName: database.state,
    Key: keyAttributes(commandLineKey(chargerKey)),
    ...updateOf({ ...change, ...behind, set: { ...change.set, ...behind.set } }),
    ...(condition === undefined ? {} : { ConditionExpression: condition }),
  };
};

/**
 * Keeps the new commands of one request behind those that were made before, together with what the line of their charger notes with them and
 * the answer to it where one is to be: all, or none. `taken` where a place of them is, `answered` where such an answer is kept already.
 */
export async function createCommands(
  database: Database,
  commands: readonly [Command, ...Command[]],
  answer?: TransactWriteItem,
  note?: LineNote,
): Promise<'created' | 'taken' | 'answered'> {
  const TableName = database.state;
  const ConditionExpression = 'attribute_not_exists(pk)';
  const own = commands.map((command) => ({
    Put: { TableName, Item: commandItem(command), ConditionExpression },
  }));
  const { chargerKey, sequence } = commands.at(-1) ?? commands[0];
  const line = updateOfLine(database, chargerKey, sequence, note);
  const asked = answer === undefined ? [] : [answer];
  const keep = async (isOnLine: boolean): Promise<'created' | 'taken' | 'answered'> => {
    const parts = [...own, ...(isOnLine ? [{ Update: line }] : []), ...asked];
    const held = await transact(database, parts, note === undefined ? mostOnLine : undefined);
    if (answer !== undefined && held.at(-1) === false) return 'answered';
    return held.every(Boolean) ? 'created' : 'taken';
  };
  try {
    return await keep(true);
  } catch (error) {
    if (!(error instanceof ConcurrentUpdateError) || note !== undefined) throw error;
  }
  const kept = await keep(false);
  if (kept !== 'created') return kept;
  // Alone it meets transactions only, and not the others that are made at once. Nobody knows of the command before.
  await despiteConflicts(async () => await database.client.send(new UpdateItemCommand(line)));
  return kept;
}

/** Keeps a new command; `taken` where its place is. */
export const createCommand = async (
  database: Database,
  command: Command,
): Promise<'created' | 'taken'> =>
  (await createCommands(database, [command])) === 'created' ? 'created' : 'taken';

/** Reads a command as it is now. */
export async function readCommand(
  database: Database,
  chargerKey: string,
  sequence: string,
): Promise<Command | undefined> {
  const item = await getItem(database, commandKey(chargerKey, sequence), true);
  return item === undefined ? undefined : commandFrom(item);
}

const latestFirst = (
  database: Database,
  chargerKey: string,
  from: string,
  to: string,
): Pick<
  QueryCommandInput,
  'TableName' | 'KeyConditionExpression' | 'ScanIndexForward' | 'ExpressionAttributeValues'
> => ({
  TableName: database.state,
  KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
  ExpressionAttributeValues: {
    ':pk': { S: commandKey(chargerKey, '').pk },
    ':from': { S: `${commandPrefix}${from}` },
    ':to': { S: `${commandPrefix}${to}` },
  },
  ScanIndexForward: false,
});

/** Lists the commands of a charger, the latest first, in one query; a page of large ones has fewer than its limit, as it ends at 1 MB. */
export async function listCommands(
  database: Database,
  chargerKey: string,
  { limit, after }: ListRequest,
): Promise<Listed<Command>> {
  const to = after?.slice(commandPrefix.length) ?? '\uffff';
  const output = await database.client.send(
    new QueryCommand({
      ...latestFirst(database, chargerKey, '', to),
      // One more to know whether the list continues, and one because BETWEEN includes the place of the cursor itself.
      Limit: limit + 2,
    }),
  );
  const found = (output.Items ?? []).filter((item) => item['sk']?.S !== after);
  const items = found.slice(0, limit);
  const hasMore = found.length > limit || output.LastEvaluatedKey !== undefined;
  return {
    items: items.map(commandFrom),
    next: hasMore ? (items.at(-1)?.['sk']?.S ?? null) : null,
  };
}

/** Reads the last commands of a charger, at most so many, the latest first: in one query where they are less than 1 MB. */
export const lastCommands = async (
  database: Database,
  chargerKey: string,
  most: number,
): Promise<readonly Command[]> =>
  (await queryItems(database, latestFirst(database, chargerKey, '', '\uffff'), most)).map(
    commandFrom,
  );

/**
 * Finds the commands of a charger that may have begun a session, and those that were to end it, between two times (epoch ms),
 * the latest first, in one query where all commands between are less than 1 MB.
 */
export async function commandsAbout(
  database: Database,
  chargerKey: string,
  sessionId: string,
  from: number,
  to: number,
): Promise<readonly Command[]> {
  const between = latestFirst(
    database,
    chargerKey,
    firstSequence(from),
    `${firstSequence(to)}\uffff`,
  );
  const items = await queryItems(database, {
    ...between,
    FilterExpression: '#sessionId = :sessionId OR contains(#request, :start)',
    ExpressionAttributeNames: { '#sessionId': 'sessionId', '#request': 'request' },
    ExpressionAttributeValues: {
      ...between.ExpressionAttributeValues,
      ':sessionId': { S: sessionId },
      ':start': { S: '"type":"start"' },
    },
  });
  return items.map(commandFrom);
}

/** Finds the first command of a charger that waits, among those made since `from` (epoch ms). */
export async function firstQueued(
  database: Database,
  chargerKey: string,
  from: number,
): Promise<Command | undefined> {
  let start: QueryCommand['input']['ExclusiveStartKey'];
  do {
    const output = await database.client.send(
      new QueryCommand({
        TableName: database.state,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        FilterExpression: '#state = :queued',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':pk': { S: commandKey(chargerKey, '').pk },
          ':from': { S: `${commandPrefix}${firstSequence(from)}` },
          ':to': { S: `${commandPrefix}\uffff` },
          ':queued': { S: 'queued' },
        },
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    const [first] = output.Items ?? [];
    if (first !== undefined) return commandFrom(first);
    start = output.LastEvaluatedKey;
  } while (start !== undefined);
  return undefined;
}

/** An event that ends a command which waits. */
type EndOfQueued = Extract<CommandEvent, { readonly kind: 'cancelled' | 'expired' | 'unsendable' }>;

/** Ends a command that waits; `late` where it waits no more. */
export async function endQueued(
  database: Database,
  chargerKey: string,
  sequence: string,
  event: EndOfQueued,
  finishedAt: string,
): Promise<'ended' | 'late'> {
  const outcome = event.kind === 'unsendable' ? JSON.stringify(event.outcome) : undefined;
  const state = stateAfter(event);
  const update = await despiteConflicts(
    async () =>
      await conditional(
        database.client.send(
          new UpdateItemCommand({
            TableName: database.state,
            Key: keyAttributes(commandKey(chargerKey, sequence)),
            ...updateOf({
              set: { state, finishedAt, outcome },
              remove: endedWithout(event),
              values: { before: stateBefore[event.kind] },
            }),
            ConditionExpression: '#state = :before',
          }),
        ),
      ),
  );
  return update.kind === 'written' ? 'ended' : 'late';
}

/** Ends a command that waited too long, at the time at which it expired; `late` where it waits no more. */
export const endExpired = async (
  database: Database,
  { chargerKey, sequence, expiresAt }: Command,
): Promise<'ended' | 'late'> =>
  await endQueued(database, chargerKey, sequence, { kind: 'expired' }, expiresAt);
