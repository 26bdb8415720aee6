import type { EventData } from '../../core/event/event.ts';
import { eventsKeptFor } from '../store/events/logged-event.ts';
import { readLogBackwards } from '../store/events/read-log-backwards.ts';
import type { Database } from '../store/table/client.ts';
import { operatorsFrom } from './operators-from.ts';
import type { WidgetOf } from './widget-request.ts';

/** Commands of a type by how they ended. */
export type CommandRow = { readonly type: string; readonly states: ReadonlyMap<string, number> };

/** Commands that ended, by type; `more` is true where not all were read. */
export type CommandsPage = { readonly rows: readonly CommandRow[]; readonly more: boolean };

/** Operators, and commands of each, that one look reads. */
const mostOperators = 20;
const mostCommands = 200;
const day = 24 * 3_600_000;

/** Reads the commands that ended in the last 24 hours, by the event log. */
export async function readCommands(
  database: Database,
  { operatorId }: Pick<WidgetOf<'commands'>, 'operatorId'>,
  now: number,
): Promise<CommandsPage> {
  const types = new Map<string, Map<string, number>>();
  let operators = 0;
  let more = false;
  for await (const { operatorId: id } of operatorsFrom(database, { only: operatorId })) {
    if (operators === mostOperators) {
      more = true;
      break;
    }
    operators += 1;
    const { events, next } = await readLogBackwards(database, id, {
      before: undefined,
      limit: mostCommands,
      loggedFrom: now - Math.min(day, eventsKeptFor),
      isWanted: ({ type }) => type === 'command.finished',
      now,
    });
    more ||= next !== null;
    for (const event of events) {
      if (event.type !== 'command.finished') continue;
      const { type, state } = event.data as EventData['command.finished'];
      const states = types.get(type) ?? new Map<string, number>();
      types.set(type, states.set(state, (states.get(state) ?? 0) + 1));
    }
  }
  const rows = [...types].map(([type, states]) => ({ type, states }));
  return { rows: rows.sort((a, b) => (a.type < b.type ? -1 : 1)), more };
}
