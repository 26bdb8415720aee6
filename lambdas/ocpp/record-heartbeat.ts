import { markSeen } from '../store/chargers/connections.ts';
import { type MessageContext, receivedAt } from './message-context.ts';

/** A charger's last sign of life is kept to this many ms. */
const slot = 900_000;

const mostRemembered = 10_000;

/** The last slot that this process wrote, by connection. */
const written = new Map<string, number>();

/**
 * True for a heartbeat that is the first of its quarter of an hour since the connection began, as far as can be told without
 * asking: at the interval we set, the first one always comes before a second one could.
 */
function isFirstOfSlot(step: MessageContext): boolean {
  const age = Math.max(0, step.now - step.connectedAt);
  const current = Math.floor(age / slot);
  if (current === 0 || written.get(step.connectionId) === current) return false;
  if (age % slot >= step.settings.heartbeatSeconds * 1000) return false;
  if (written.size >= mostRemembered) written.clear();
  written.set(step.connectionId, current);
  return true;
}

/** Notes that a charger is alive, at most once in a quarter of an hour. The connect itself has noted the first of them. */
export async function recordHeartbeat(step: MessageContext): Promise<void> {
  if (!isFirstOfSlot(step)) return;
  await markSeen(step.database, step.charger.chargerKey, step.connectionId, receivedAt(step));
}
