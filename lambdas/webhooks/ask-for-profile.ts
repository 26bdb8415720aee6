import { commandSequence } from '../../core/command/command-sequence.ts';
import { isOnline } from '../connection/charger-facts.ts';
import type { SendCommandMessage } from '../connection/command-message.ts';
import { type Draft, messageOfNew, writeCommand } from '../connection/write-command.ts';
import type { ProfileMessage } from '../outbound/delivery-message.ts';
import { readChargerAndConnection } from '../store/chargers/charger-and-connection.ts';
import type { Connection } from '../store/chargers/connections.ts';
import { createCommand, readCommand } from '../store/commands/commands.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';

/** The surroundings of questions to chargers. */
export type Asking = {
  readonly database: Database;
  readonly sendCommand: SendCommandMessage;
  /** Epoch ms. */
  readonly now: () => number;
};

/** Places for the questions that one change leads to at a charger: one for each of its sessions. */
const mostPlaces = 50;
/** The character that the place of such a question ends with. */
const mark = 'P';
/** Seconds after which an answer says nothing of the change any more. */
const secondsToWait = 120;
/** How far a schedule is asked for at most, and where the partner's profile has no end, seconds. */
const longestLook = 86_400;

/** Makes a question and has it sent, unless it was asked before. */
async function askOnce(
  { database, sendCommand }: Asking,
  draft: Omit<Draft, 'sequence'>,
  changedAt: string,
  connection: Connection,
): Promise<'asked' | 'dropped'> {
  for (let n = 0; n < mostPlaces; n += 1) {
    const sequence = commandSequence(Date.parse(changedAt) + n, mark);
    const written = await writeCommand(connection.protocol, { ...draft, sequence });
    if (written.kind === 'refused') return 'dropped';
    if ((await createCommand(database, written.command)) === 'created') {
      await sendCommand(messageOfNew(written.command, connection));
      return 'asked';
    }
    const { chargerKey, profileOf } = draft;
    const standing = await readCommand(database, chargerKey, sequence);
    if (standing?.profileOf === profileOf) {
      // It may have been made by a run that ended before it was sent.
      if (standing?.state === 'queued') await sendCommand(messageOfNew(standing, connection));
      return 'dropped';
    }
  }
  throw new Error('No place is free among the commands of this moment');
}

/**
 * Asks a charger how fast a session charges after a change of its limits, while the session runs. The place of the question derives from
 * when that was, so that it is asked once however often the message comes.
 */
export async function askForProfile(
  asking: Asking,
  { operatorId, sessionId, changedAt, durationSeconds = longestLook }: ProfileMessage,
): Promise<'asked' | 'dropped'> {
  const { database, now } = asking;
  const stored = await readSession(database, sessionId, true);
  if (stored?.session.state !== 'active') return 'dropped';
  const { chargerKey, session } = stored;
  const { evseId, connectorId, chargerId } = session;
  const { connection } = await readChargerAndConnection(database, chargerKey);
  if (connection === undefined || !isOnline(connection, now())) return 'dropped';
  const connector = { evseId, connectorId };
  const draft = {
    chargerKey,
    operatorId,
    chargerId,
    profileOf: sessionId,
    request: {
      type: 'composite-schedule' as const,
      connector,
      durationSeconds: Math.max(1, Math.min(durationSeconds, longestLook)),
    },
    now: new Date(now()).toISOString(),
    seconds: secondsToWait,
  };
  return await askOnce(asking, draft, changedAt, connection);
}
