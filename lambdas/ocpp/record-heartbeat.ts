import { logger } from '../runtime/logger.ts';
import { markSeen } from '../store/chargers/connections.ts';
import { type MessageContext, receivedAt } from './message-context.ts';

/** A charger's last sign of life is kept to this many ms. */
const slot = 900_000;

const mostRemembered = 10_000;

/** The last slot that this process wrote, by connection. */
const written = new Map<string, number>();

/** True the first time in this process that a slot of a connection comes; the connect itself has noted the first slot. */
function isNew(step: MessageContext, current: number): boolean {
  if (current === 0 || written.get(step.connectionId) === current) return false;
  if (written.size >= mostRemembered) written.clear();
  written.set(step.connectionId, current);
  return true;
}

const ageOf = (step: MessageContext): number => Math.max(0, step.now - step.connectedAt);

/**
 * True for a heartbeat that is the first of its quarter of an hour since the connection began, as far as can be told without
 * asking: at the interval we set, the first one always comes before a second one could.
 */
function isFirstOfSlot(step: MessageContext): boolean {
  const age = ageOf(step);
  if (age % slot >= step.settings.heartbeatSeconds * 1000) return false;
  return isNew(step, Math.floor(age / slot));
}

/**
 * A connection that is not the charger's own is closed: the handshake that took over from it died before it could do so, or the
 * charger was deleted.
 */
async function note(step: MessageContext): Promise<void> {
  const { database, charger, connectionId } = step;
  const seen = await markSeen(database, charger.chargerKey, connectionId, receivedAt(step));
  if (seen === 'seen') return;
  await step.close?.(connectionId);
  logger.info("A connection that is not its charger's own was closed", {
    chargerId: charger.chargerId,
    connectionId,
  });
}

/** Notes that a charger is alive, at most once in a quarter of an hour. The connect itself has noted the first of them. */
export async function recordHeartbeat(step: MessageContext): Promise<void> {
  if (isFirstOfSlot(step)) await note(step);
}

/**
 * Notes that a charger is alive by a reading that belongs to no session, at most once in a quarter of an hour in this process:
 * how often it sends them is its own business. Those of a session are seen by its running view.
 */
export async function recordStrayReading(step: MessageContext): Promise<void> {
  // One that waited in a queue is no news by the time it is processed.
  if (step.keptAt !== undefined) return;
  if (isNew(step, Math.floor(ageOf(step) / slot))) await note(step);
}
