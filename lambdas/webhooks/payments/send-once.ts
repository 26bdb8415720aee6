import type { CommandRequest } from '../../../core/command/command-request.ts';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import type { Attempt } from '../../../core/payment/attempt.ts';
import { messageOfNew, writeCommand } from '../../connection/write-command.ts';
import { logger } from '../../runtime/logger.ts';
import type { Connection } from '../../store/chargers/connections.ts';
import { createCommand, readCommand } from '../../store/commands/commands.ts';
import type { Database } from '../../store/table/client.ts';

/** Places for the commands of one kind to one charger from a moment on. */
const mostPlaces = 50;

/** A command of an attempt: the character that its place ends with, and the seconds after which it is pointless. */
export type AttemptCommand = {
  readonly request: CommandRequest;
  readonly mark: string;
  readonly seconds: number;
  /** Whether a command that stands at the place is this one. */
  readonly isSame: (request: CommandRequest) => boolean;
};

/**
 * Sends a command of an attempt to its charger. Its place derives from when the attempt was made, so that the charger is asked once
 * however often this is called. One that the charger's version has no word for is left out.
 */
export async function sendOnce(
  database: Database,
  { operatorId, chargerKey, chargerId, attemptId, createdAt }: Attempt,
  connection: Connection,
  { request, mark, seconds, isSame }: AttemptCommand,
  now: string,
): Promise<void> {
  const { sendCommandMessage } = await import('../../connection/send-command-message.ts');
  for (let n = 0; n < mostPlaces; n += 1) {
    const sequence = commandSequence(Date.parse(createdAt) + n, mark);
    const draft = { sequence, chargerKey, operatorId, chargerId, request, now, seconds };
    const written = await writeCommand(connection.protocol, draft);
    if (written.kind === 'refused') {
      const { code } = written;
      logger.warn('A command of a payment cannot be sent', { attemptId, code, type: request.type });
      return;
    }
    if ((await createCommand(database, written.command)) === 'created') {
      await sendCommandMessage(messageOfNew(written.command, connection));
      return;
    }
    const standing = await readCommand(database, chargerKey, sequence);
    if (standing !== undefined && isSame(standing.request)) {
      // It may have been made by a run that ended before it was sent.
      if (standing.state === 'queued') await sendCommandMessage(messageOfNew(standing, connection));
      return;
    }
  }
  throw new Error('No place is free among the commands of this moment');
}
