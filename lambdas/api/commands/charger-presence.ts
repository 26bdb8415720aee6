import { isOnline } from '../../connection/charger-facts.ts';
import { lastHeardAt } from '../../connection/last-heard-at.ts';
import type { Connection } from '../../store/chargers/connections.ts';
import type { Command } from '../../store/commands/command-item.ts';

/** Whether the charger of a command that waits is connected, and when its connection was heard last where it is not. */
export type ChargerPresence = {
  readonly chargerConnected?: boolean;
  readonly chargerLastSeenAt?: string;
};

/** Says of a command that waits whether its charger is connected, by its latest connection; nothing of any other. `now` is ISO 8601 in UTC. */
export function chargerPresence(
  { state }: Pick<Command, 'state'>,
  connection: Connection | undefined,
  now: string,
): ChargerPresence {
  if (state !== 'queued') return {};
  if (isOnline(connection, Date.parse(now))) return { chargerConnected: true };
  const seenAt = lastHeardAt({ connection, connectors: [] });
  return { chargerConnected: false, ...(seenAt !== null && { chargerLastSeenAt: seenAt }) };
}
