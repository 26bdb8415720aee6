import { type TransactWriteItem, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { timeOfSequence } from '../../../core/command/command-sequence.ts';
import { type CommandEvent, stateAfter, stateBefore } from '../../../core/command/command-state.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, optionalNumber, optionalText } from '../table/item.ts';
import { commandKey, commandLineKey } from '../table/keys/command-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { despiteConflicts, transact, transactAndSee } from '../table/transact.ts';
import { type Change, updateOf } from '../table/update.ts';
import { type Command, endedWithout, requestAttributes } from './command-item.ts';

/** The line of a charger's commands: who is in flight, and who waits. */
export type CommandLine = {
  /** The command that was sent and not answered. */
  readonly inFlight?: string;
  /** When that one was sent, ISO 8601 in UTC. */
  readonly sentAt?: string;
  readonly isWaiting: boolean;
  /** Commands that were made before this time (epoch ms) do not wait. */
  readonly from: number;
  /** How many commands in a row found their connection gone, and until when nothing is sent for it, epoch ms. */
  readonly failures: number;
  readonly heldUntil: number;
  /** Until when the charger has a certificate of our authority, and when it was asked to renew it, ISO 8601 in UTC. */
  readonly certificateUntil?: string;
  readonly renewalAskedAt?: string;
  /** The command that sent it its new password last, until when it is sent again, ISO 8601 in UTC, and how often it was sent. */
  readonly password?: {
    readonly sequence: string;
    readonly until: string;
    readonly attempts: number;
  };
};

/** A clock of one of our functions may be behind that of another by so much, ms. */
const clocksDiffer = 60_000;

const passwordFrom = (item: Item): CommandLine['password'] => {
  const sequence = optionalText(item, 'passwordSequence');
  if (sequence === undefined) return undefined;
  const attempts = optionalNumber(item, 'passwordAttempts') ?? 1;
  return { sequence, until: optionalText(item, 'passwordUntil') ?? '', attempts };
};

/** Reads a line from its item; one that does not exist is empty. */
export function lineFrom(item: Item = {}): CommandLine {
  const last = optionalText(item, 'last');
  return omitUndefined({
    inFlight: optionalText(item, 'inFlight'),
    sentAt: optionalText(item, 'sentAt'),
    isWaiting: item['isWaiting']?.BOOL === true,
    from: last === undefined ? 0 : timeOfSequence(last) - clocksDiffer,
    failures: optionalNumber(item, 'failures') ?? 0,
    heldUntil: optionalNumber(item, 'heldUntil') ?? 0,
    certificateUntil: optionalText(item, 'certificateUntil'),
    renewalAskedAt: optionalText(item, 'renewalAskedAt'),
    password: passwordFrom(item),
  });
}

/** Reads the line of a charger as it is now. */
export const readLine = async (database: Database, chargerKey: string): Promise<CommandLine> =>
  lineFrom(await getItem(database, commandLineKey(chargerKey), true));

/** Whether the item is given back where the condition does not hold. */
type Sight = { readonly seesItem?: boolean };

const part = (
  database: Database,
  key: ReturnType<typeof commandLineKey>,
  change: Change,
  condition: string,
  { seesItem = false }: Sight = {},
): TransactWriteItem => ({
  Update: {
    TableName: database.state,
    Key: keyAttributes(key),
    ...updateOf(change),
    ConditionExpression: condition,
    ...(seesItem ? { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } : {}),
  },
});

const commandPart = (
  database: Database,
  chargerKey: string,
  sequence: string,
  event: CommandEvent,
  change: Change,
  also = '',
  sight: Sight = {},
): TransactWriteItem =>
  part(
    database,
    commandKey(chargerKey, sequence),
    {
      ...change,
      set: { ...change.set, state: stateAfter(event) },
      remove: [...(change.remove ?? []), ...endedWithout(event)],
      values: { ...change.values, before: stateBefore[event.kind] },
    },
    `#state = :before${also}`,
    sight,
  );

/** Attributes of a line: the command that was made last, and the one that was made before that, empty for none. */
const madeNames = ['made', 'madeAfter', 'last'] as const;

/** Whether a command is the last that was made, and the one before it the last that was sent: then none waits before it. Older lines do not say. */
const isAfterLast =
  '(attribute_not_exists(#made) OR (#made = :made AND (#madeAfter = :nothing OR #madeAfter = #last)))';

/** The change of a line by which a new command takes its place behind the one that was made before it. */
export const behindLast = (sequence: string): Change => ({
  set: { kind: 'COMMANDLINE', made: sequence },
  copyIfAny: { madeAfter: 'made' },
});

/**
 * Puts a command in flight, where none is. `isNext` says that it is the first of those that wait, and that others may be behind it; any other
 * gives way to them, to a pause and to one that was made before it and was not sent yet, whose message may come later. `rewritten` is the
 * command in the words of the version that its charger speaks by now; `frame` is the message that is sent, where the command was not read:
 * another one may be at its place. `busy` where it has to wait, `absent` where it was not written yet, `late` where it waits no more, has
 * expired at `now` (epoch ms), or is another one.
 */
export async function takeOff(
  database: Database,
  chargerKey: string,
  sequence: string,
  now: number,
  isNext: boolean,
  {
    rewritten,
    frame,
  }: {
    readonly rewritten?: Pick<Command, 'request' | 'frame' | 'protocol'> | undefined;
    readonly frame?: string;
  } = {},
): Promise<'taken' | 'busy' | 'absent' | 'late'> {
  const sentAt = new Date(now).toISOString();
  const written = rewritten && { ...rewritten, ...requestAttributes(rewritten.request) };
  const free = 'attribute_not_exists(#inFlight)';
  // Others may wait behind it: its answer, however soon that comes, or its deadline asks for them.
  const waiting = isNext ? { isWaiting: true } : {};
  const alone = {
    names: ['isWaiting', 'heldUntil', ...madeNames],
    values: { now, made: sequence, nothing: '' },
  };
  const own = `attribute_not_exists(#isWaiting) AND (attribute_not_exists(#heldUntil) OR #heldUntil <= :now) AND ${isAfterLast}`;
  const [line, command] = await transactAndSee(database, [
    part(
      database,
      commandLineKey(chargerKey),
      {
        ...(isNext ? {} : alone),
        set: {
          kind: 'COMMANDLINE',
          inFlight: sequence,
          last: sequence,
          sentAt,
          ...waiting,
        },
      },
      isNext ? free : `${free} AND ${own}`,
    ),
    commandPart(
      database,
      chargerKey,
      sequence,
      { kind: 'sent' },
      {
        set: { sentAt, ...written },
        names: ['expiresAt', ...(frame === undefined ? [] : ['frame'])],
        ...(frame === undefined ? {} : { values: { frame } }),
      },
      ` AND #expiresAt > :sentAt${frame === undefined ? '' : ' AND #frame = :frame'}`,
      { seesItem: true },
    ),
  ]);
  if (command?.held === false) return command.item === undefined ? 'absent' : 'late';
  return line?.held === false ? 'busy' : 'taken';
}

type Landed = 'landed' | 'others-wait' | 'unknown';

/** Ends a command in flight by an answer; says whether others wait. `unknown` where that command is not in flight. */
export async function landAnswered(
  database: Database,
  chargerKey: string,
  sequence: string,
  event: Extract<CommandEvent, { readonly kind: 'answered' }>,
  finishedAt: string,
): Promise<Landed> {
  const attempt = async (more: string) =>
    await transact(database, [
      part(
        database,
        commandLineKey(chargerKey),
        {
          remove: ['inFlight', 'sentAt', 'failures', 'heldUntil'],
          names: more === '' ? [] : ['isWaiting'],
          values: { sequence },
        },
        `#inFlight = :sequence${more}`,
      ),
      commandPart(database, chargerKey, sequence, event, {
        set: { finishedAt, outcome: JSON.stringify(event.outcome) },
      }),
    ]);
  const [isAlone, isSent] = await attempt(' AND attribute_not_exists(#isWaiting)');
  if (isSent === false) return 'unknown';
  if (isAlone !== false) return 'landed';
  return (await attempt('')).includes(false) ? 'unknown' : 'others-wait';
}

/** A pause in which nothing is sent to a charger, epoch ms, and how many commands in a row it did not get or answer. */
export type Pause = Pick<CommandLine, 'failures' | 'heldUntil'>;

/** Ends a command in flight that was not answered in time, with a pause where one is due; nothing where it was, or was sent again since. */
export async function landTimedOut(
  database: Database,
  chargerKey: string,
  sequence: string,
  sentAt: string,
  finishedAt: string,
  pause?: Pause,
): Promise<'landed' | 'late'> {
  const held = await transact(database, [
    part(
      database,
      commandLineKey(chargerKey),
      { set: { ...pause }, remove: ['inFlight', 'sentAt'], values: { sequence } },
      '#inFlight = :sequence',
    ),
    commandPart(
      database,
      chargerKey,
      sequence,
      { kind: 'timed-out' },
      { set: { finishedAt }, names: ['sentAt'], values: { when: sentAt } },
      ' AND #sentAt = :when',
    ),
  ]);
  return held.includes(false) ? 'late' : 'landed';
}

/** Puts back a command whose connection was gone, at the head of those that wait; nothing is sent until `heldUntil` (epoch ms). */
export async function putBack(
  database: Database,
  chargerKey: string,
  sequence: string,
  failures: number,
  heldUntil: number,
): Promise<void> {
  await transact(database, [
    part(
      database,
      commandLineKey(chargerKey),
      {
        set: { isWaiting: true, failures, heldUntil },
        remove: ['inFlight', 'sentAt'],
        values: { sequence },
      },
      '#inFlight = :sequence',
    ),
    commandPart(database, chargerKey, sequence, { kind: 'undelivered' }, { remove: ['sentAt'] }),
  ]);
}

/** Notes that a command waits although one that was made later was sent already: those that wait are looked for from it on. */
export async function noteOvertaken(
  database: Database,
  chargerKey: string,
  sequence: string,
): Promise<void> {
  await despiteConflicts(
    async () =>
      await conditional(
        database.client.send(
          new UpdateItemCommand({
            TableName: database.state,
            Key: keyAttributes(commandLineKey(chargerKey)),
            ...updateOf({ set: { last: sequence, isWaiting: true } }),
            // Places sort by time.
            ConditionExpression: '#last > :last',
          }),
        ),
      ),
  );
}

/** Notes that commands wait, or that none does, if the line is as `inFlight` says; `changed` where it is not. */
export async function noteWaiting(
  database: Database,
  chargerKey: string,
  isWaiting: boolean,
  inFlight: string | undefined,
): Promise<'noted' | 'changed'> {
  const change = isWaiting
    ? { set: { kind: 'COMMANDLINE', isWaiting: true } }
    : { set: { kind: 'COMMANDLINE' }, remove: ['isWaiting'] };
  const update = await despiteConflicts(
    async () =>
      await conditional(
        database.client.send(
          new UpdateItemCommand({
            TableName: database.state,
            Key: keyAttributes(commandLineKey(chargerKey)),
            ...updateOf({
              ...change,
              names: ['inFlight'],
              ...(inFlight === undefined ? {} : { values: { inFlight } }),
            }),
            ConditionExpression:
              inFlight === undefined ? 'attribute_not_exists(#inFlight)' : '#inFlight = :inFlight',
          }),
        ),
      ),
  );
  return update.kind === 'written' ? 'noted' : 'changed';
}
