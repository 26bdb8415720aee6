import { createHash } from 'node:crypto';
import { chargerKey as chargerKeyOf } from '../../core/charger/charger-key.ts';
import { commandSequence } from '../../core/command/command-sequence.ts';
import type { Session } from '../../core/session/session.ts';
import { logger } from '../runtime/logger.ts';
import { readChargerAndConnection } from '../store/chargers/charger-and-connection.ts';
import type { Connection } from '../store/chargers/connections.ts';
import type { Command } from '../store/commands/command-item.ts';
import { createCommand, readCommand } from '../store/commands/commands.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import { messageOfNew, writeCommand } from './write-command.ts';

/** Milliseconds in which a session is asked to stop once: a charger that refused, or was offline, is asked again after that. */
const between = 900_000;

/** Places for the stops of one charger's sessions in such a time. */
const mostPlaces = 62;

/** Writes the command that stops a session; undefined where the charger's version has no word for it. */
async function stopCommand(
  { operatorId, chargerId, sessionId, transactionId }: Session,
  { protocol }: Connection,
  sequence: string,
  now: number,
): Promise<Command | undefined> {
  const written = await writeCommand(protocol, {
    sequence,
    chargerKey: chargerKeyOf(operatorId, chargerId),
    operatorId,
    chargerId,
    sessionId,
    request: { type: 'stop', transactionId },
    now: new Date(now).toISOString(),
    seconds: between / 1000,
  });
  if (written.kind === 'written') return written.command;
  logger.warn('A session over its limit cannot be stopped', { sessionId, code: written.code });
  return undefined;
}

/** The place among the commands of a charger from which on that of a session's stop is looked for, epoch ms. */
function stopCommandsFrom({ sessionId, start }: Session, now: number): number {
  const since = start === undefined ? now : Date.parse(start.receivedAt);
  const digest = createHash('sha256').update(sessionId).digest();
  const quarter = Math.floor(Math.max(0, now - since) / between) * between;
  return since + quarter + digest.readUInt16BE(0);
}

/**
 * Has a session stopped by a command, where it still runs. Its place among the commands of its charger derives from the session
 * and the quarter of an hour that it is in, so that nothing is commanded twice however often this is called.
 */
export async function stopSession(
  database: Database,
  sessionId: string,
  now: number,
): Promise<void> {
  const session = (await readSession(database, sessionId, true))?.session;
  if (session?.state !== 'active') return;
  const key = chargerKeyOf(session.operatorId, session.chargerId);
  const { connection } = await readChargerAndConnection(database, key);
  if (connection === undefined) return;
  const { sendCommandMessage } = await import('./send-command-message.ts');
  const place = stopCommandsFrom(session, now);
  for (let n = 0; n < mostPlaces; n += 1) {
    const sequence = commandSequence(place + n, 'x');
    const command = await stopCommand(session, connection, sequence, now);
    if (command === undefined) return;
    if ((await createCommand(database, command)) === 'created') {
      await sendCommandMessage(messageOfNew(command, connection));
      return;
    }
    const standing = await readCommand(database, key, sequence);
    if (standing?.sessionId === sessionId) {
      // It may have been made by a run that ended before it was sent.
      if (standing.state === 'queued') await sendCommandMessage(messageOfNew(standing, connection));
      return;
    }
  }
  throw new Error('No place is free among the commands of this quarter of an hour');
}
