import type { Charger } from '../store/chargers/chargers.ts';
import type { Command } from '../store/commands/command-item.ts';
import { lastCommands } from '../store/commands/commands.ts';
import type { Database } from '../store/table/client.ts';

/** Commands that are looked through. */
const mostCommands = 300;

type LikeCharger = Pick<Charger, 'chargerKey'> & { readonly renewedAt?: string | undefined };

/** The latest commands to a charger, the latest first; not those to a deleted one of its id. */
export async function latestCommands(
  database: Database,
  { chargerKey, renewedAt = '' }: LikeCharger,
): Promise<readonly Command[]> {
  const commands = await lastCommands(database, chargerKey, mostCommands);
  return commands.filter(({ createdAt }) => createdAt >= renewedAt);
}
