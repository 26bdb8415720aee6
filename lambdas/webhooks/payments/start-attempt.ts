import { commandSequence } from '../../../core/command/command-sequence.ts';
import type { Attempt } from '../../../core/payment/attempt.ts';
import { messageOfNew, writeCommand } from '../../connection/write-command.ts';
import { logger } from '../../runtime/logger.ts';
import { readChargerAndConnection } from '../../store/chargers/charger-and-connection.ts';
import type { Connection } from '../../store/chargers/connections.ts';
import type { Command } from '../../store/commands/command-item.ts';
import { createCommand, readCommand } from '../../store/commands/commands.ts';
import { createToken } from '../../store/operators/tokens.ts';
import type { Database } from '../../store/table/client.ts';

/** Places for the starts of one charger from a moment on. */
const mostPlaces = 50;
/** Seconds after which a start is pointless: its driver has been told by then. */
const seconds = 80;
/** Ms for which its token may start a session, should the charger forget that it was asked to. */
const validFor = 86_400_000;

/** Writes the command that starts the session of an attempt; undefined where the charger's version has no word for it. */
async function startCommand(
  { operatorId, chargerKey, chargerId, evseId, connectorId, attemptId }: Attempt,
  { protocol }: Connection,
  sequence: string,
  now: string,
): Promise<Command | undefined> {
  const connector = { evseId, connectorId };
  const request = { type: 'start', tokenId: attemptId, connector } as const;
  const draft = { sequence, chargerKey, operatorId, chargerId, request, now, seconds };
  const written = await writeCommand(protocol, draft);
  if (written.kind === 'written') return written.command;
  logger.warn('A session that was paid for cannot be started', { attemptId, code: written.code });
  return undefined;
}

const isOf = (command: Command | undefined, { attemptId }: Attempt): boolean =>
  command?.request.type === 'start' && command.request.tokenId === attemptId;

/**
 * Makes the token of an attempt, and asks its charger to start a session with it. The command's place derives from when the attempt
 * was made, so that its charger is asked once however often this is called.
 */
export async function startAttempt(
  database: Database,
  attempt: Attempt,
  nowMs: number,
): Promise<void> {
  const { operatorId, chargerKey, attemptId, createdAt } = attempt;
  const now = new Date(nowMs).toISOString();
  const validUntil = new Date(nowMs + validFor).toISOString();
  await createToken(database, operatorId, { tokenId: attemptId, status: 'Accepted', validUntil });
  const { connection } = await readChargerAndConnection(database, chargerKey);
  if (connection === undefined) return;
  const { sendCommandMessage } = await import('../../connection/send-command-message.ts');
  for (let n = 0; n < mostPlaces; n += 1) {
    const sequence = commandSequence(Date.parse(createdAt) + n, 'p');
    const command = await startCommand(attempt, connection, sequence, now);
    if (command === undefined) return;
    if ((await createCommand(database, command)) === 'created') {
      await sendCommandMessage(messageOfNew(command, connection));
      return;
    }
    const standing = await readCommand(database, chargerKey, sequence);
    if (isOf(standing, attempt)) {
      // It may have been made by a run that ended before it was sent.
      if (standing?.state === 'queued') await sendCommandMessage({ kind: 'next', chargerKey });
      return;
    }
  }
  throw new Error('No place is free among the commands of this moment');
}
