import type { RoamingCommand } from '../../../core/ocpi/received/roaming-command.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import { readRoamingCommand, writeRoamingCommand } from '../../store/received/roaming-commands.ts';
import type { Database } from '../../store/table/client.ts';

/** How often the answer and the result of a command may meet. */
const mostMeetings = 10;

/** Changes a command by what became of it; undefined where no command has this id. */
export async function changeCommand(
  database: Database,
  operatorId: string,
  commandId: string,
  change: (command: RoamingCommand) => RoamingCommand,
): Promise<RoamingCommand | undefined> {
  for (let n = 0; n < mostMeetings; n += 1) {
    const kept = await readRoamingCommand(database, operatorId, commandId);
    if (kept === undefined) return undefined;
    const next = change(kept.command);
    if (next === kept.command) return next;
    if ((await writeRoamingCommand(database, kept, next)) === 'written') return next;
  }
  throw new ConcurrentUpdateError('A command to a partner kept being changed');
}
