import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { timeOfSequence } from '../../../core/command/command-sequence.ts';
import { retryPause } from '../../../core/configuration/open-changes.ts';
import type { Command } from '../commands/command-item.ts';
import type { CommandLine } from '../commands/command-line.ts';
import { createCommands, type LineNote } from '../commands/commands.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { commandKey, commandLineKey } from '../table/keys/command-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { despiteConflicts } from '../table/transact.ts';
import { updateOf } from '../table/update.ts';

/** The command that sends a charger its new password, as its line has it. */
type PasswordSent = NonNullable<CommandLine['password']>;

/** Whether a charger that connects may have to be sent its new password again: it was sent it a while ago. `now` is epoch ms. */
export const isPasswordOpen = ({ password }: CommandLine, now: number): boolean =>
  password !== undefined && now - timeOfSequence(password.sequence) > retryPause(password.attempts);

const noted = ({ sequence, until, attempts }: PasswordSent) => ({
  kind: 'COMMANDLINE',
  passwordSequence: sequence,
  passwordUntil: until,
  passwordAttempts: attempts,
});

/** The note that a charger is sent a new password, to be kept with the command: in the line of its commands, which each of its handshakes reads. */
export const passwordSentNote = (sent: PasswordSent): LineNote => ({
  change: { set: noted(sent) },
});

/** Notes that a charger need not be sent its new password again; `changed` where it has just been sent it by another command. */
export async function forgetPasswordSent(
  database: Database,
  chargerKey: string,
  sequence: string,
): Promise<'forgotten' | 'changed'> {
  const update = {
    TableName: database.state,
    Key: keyAttributes(commandLineKey(chargerKey)),
    ...updateOf({
      remove: ['passwordSequence', 'passwordUntil', 'passwordAttempts'],
      values: { sequence },
    }),
    ConditionExpression: '#passwordSequence = :sequence',
  };
  const { kind } = await despiteConflicts(
    async () => await conditional(database.client.send(new UpdateItemCommand(update))),
  );
  if (kind !== 'written') return 'changed';
  await dropPassword(database, chargerKey, sequence);
  return 'forgotten';
}

/** Removes a password from the command that has sent it, where it still has one. */
async function dropPassword(database: Database, chargerKey: string, sequence: string) {
  const update = {
    TableName: database.state,
    Key: keyAttributes(commandKey(chargerKey, sequence)),
    ...updateOf({ remove: ['password', 'frame'] }),
    ConditionExpression: 'attribute_exists(#password) AND NOT #state IN (:queued, :sent)',
  };
  const names = { ...update.ExpressionAttributeNames, '#state': 'state' };
  await despiteConflicts(
    async () =>
      await conditional(
        database.client.send(
          new UpdateItemCommand({
            ...update,
            ExpressionAttributeNames: names,
            ExpressionAttributeValues: { ':queued': { S: 'queued' }, ':sent': { S: 'sent' } },
          }),
        ),
      ),
  );
}

/** Keeps the command that sends a charger its new password again, if nobody has sent or taken back one since the command `before`. */
export async function createPasswordAgain(
  database: Database,
  command: Command,
  { sequence: before, until, attempts }: PasswordSent,
): Promise<'created' | 'changed'> {
  const next = { sequence: command.sequence, until, attempts: attempts + 1 };
  const change = { set: noted(next), values: { before } };
  const condition = '#passwordSequence = :before';
  const made = await createCommands(database, [command], undefined, { change, condition });
  if (made !== 'created') return 'changed';
  await dropPassword(database, command.chargerKey, before);
  return 'created';
}
