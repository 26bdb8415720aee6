import { connectorFrom, readChargerItems } from '../store/chargers/connectors.ts';
import { noteLimit } from '../store/sessions/profile-follower.ts';
import { type MessageContext, receivedAt } from './message-context.ts';

/** The messages by which a charger says that its sessions charge otherwise, by a limit that nobody of us set. */
const actions = ['NotifyChargingLimit', 'ClearedChargingLimit', 'NotifyEVChargingSchedule'];

/** Says whether a message may change how fast sessions charge that partners set a profile on. */
export const changesLimit = (
  { charger }: Pick<MessageContext, 'charger'>,
  action: string,
): boolean => charger.asksPartners === true && actions.includes(action);

/** Notes with the sessions of a charger whose partners set a profile that a limit of the charger's own changed, which the stream of state then says. */
export async function noteChangedLimit(step: MessageContext): Promise<void> {
  const { database, charger } = step;
  const { connectors } = await readChargerItems(database, charger.chargerKey);
  const open = connectors.map(connectorFrom).flatMap(({ openSessionId }) => openSessionId ?? []);
  const at = receivedAt(step);
  for (const sessionId of new Set(open)) await noteLimit(database, sessionId, at);
}
