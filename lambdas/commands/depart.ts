import { answerSeconds } from '../../core/command/answer-time.ts';
import { deliveryPause } from '../../core/command/delivery-pause.ts';
import { endConnection, readConnection } from '../store/chargers/connections.ts';
import type { Command } from '../store/commands/command-item.ts';
import { putBack, readLine, takeOff } from '../store/commands/command-line.ts';
import type { Sender } from './sender.ts';

/** Ms after which a connection is old enough that its handshake has ended: API Gateway gives a function 29 seconds. */
const longestHandshake = 30_000;

/** A command on its way to a charger. */
type Departure = {
  readonly chargerKey: string;
  readonly sequence: string;
  readonly frame: string;
  readonly connectionId: string;
  /** The command in the words of the version that its charger speaks by now, where it was written in another one. */
  readonly rewritten?: Pick<Command, 'request' | 'frame' | 'protocol'>;
};

/**
 * Sends a command over its charger's connection, unless it waits no more or another one is in flight. The charger's answer may not come: the deadline is set before
 * the command leaves, so that no failure of ours keeps it in flight. One whose connection is `gone` waits again.
 */
export async function depart(sender: Sender, departure: Departure, isNext: boolean) {
  const { database } = sender;
  const { chargerKey, sequence, frame, connectionId, rewritten } = departure;
  const now = sender.now();
  const words = isNext ? { rewritten } : { frame };
  const taken = await takeOff(database, chargerKey, sequence, now, isNext, words);
  if (taken !== 'taken') return taken;
  const sentAt = new Date(now).toISOString();
  await sender.send({ kind: 'deadline', chargerKey, sequence, sentAt }, answerSeconds);
  if ((await sender.post(connectionId, frame)) !== 'gone') return 'sent';
  const { failures } = await readLine(database, chargerKey);
  const heldUntil = sender.now() + deliveryPause(failures + 1) * 1000;
  await putBack(database, chargerKey, sequence, failures + 1, heldUntil);
  const connection = await readConnection(database, chargerKey);
  // A handshake that is still under way can be written to only when it has ended.
  const isOpening = sender.now() - Date.parse(connection?.connectedAt ?? '') < longestHandshake;
  if (!isOpening) {
    await endConnection(database, chargerKey, connectionId, new Date(sender.now()).toISOString());
  }
  return 'gone';
}
