import type { Charger } from '../store/chargers/chargers.ts';
import type { Command } from '../store/commands/command-item.ts';
import { listCommands } from '../store/commands/commands.ts';
import type { Database } from '../store/table/client.ts';

/** Pages of a hundred commands that are looked through. */
const mostPages = 3;

type LikeCharger = Pick<Charger, 'chargerKey'> & { readonly renewedAt?: string | undefined };

/** The latest commands to a charger, the latest first; not those to a deleted one of its id. */
export async function latestCommands(
  database: Database,
  { chargerKey, renewedAt = '' }: LikeCharger,
): Promise<readonly Command[]> {
  const commands: Command[] = [];
  let after: string | undefined;
  for (let n = 0; n < mostPages; n += 1) {
    const page = await listCommands(database, chargerKey, { limit: 100, after });
    commands.push(...page.items);
    if (page.next === null) break;
    after = page.next;
  }
  return commands.filter(({ createdAt }) => createdAt >= renewedAt);
}
