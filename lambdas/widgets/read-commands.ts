import type { Event, EventData } from '../../core/event/event.ts';
import { positionOf } from '../../core/event/event-id.ts';
import { eventsKeptFor } from '../store/events/logged-event.ts';
import { type BackwardsSpan, readLogBackwards } from '../store/events/read-log-backwards.ts';
import type { Database } from '../store/table/client.ts';
import { operatorsFrom } from './operators-from.ts';
import type { WidgetOf } from './widget-request.ts';

/** Commands of a type by how they ended. */
export type CommandRow = { readonly type: string; readonly states: ReadonlyMap<string, number> };

/** Commands that ended, by type. */
export type CommandsPage = {
  readonly rows: readonly CommandRow[];
  /** Whether not all were read. */
  readonly more: boolean;
  /** ISO 8601 in UTC: since when all were read of each operator that was looked at, where not of the whole day. */
  readonly readTo?: string;
};

/** Operators, and commands of each, that one look reads. */
const mostOperators = 20;
const mostCommands = 200;
/** Spans of logs, of a hundred chunks each, that one look reads beside the first of each operator. */
const mostSpans = 40;
const day = 24 * 3_600_000;

/** Reads the commands that ended in the last 24 hours, by the event log, which has far more of sessions: as much of it as `spans` allow. */
export async function readCommands(
  database: Database,
  { operatorId }: Pick<WidgetOf<'commands'>, 'operatorId'>,
  now: number,
  spans = mostSpans,
): Promise<CommandsPage> {
  const types = new Map<string, Map<string, number>>();
  const unread: (number | undefined)[] = [];
  let operators = 0;
  let left = spans;
  for await (const { operatorId: id } of operatorsFrom(database, { only: operatorId })) {
    if (operators === mostOperators) {
      unread.push(undefined);
      break;
    }
    operators += 1;
    const log = await commandsOfLog(database, id, now, left);
    left -= log.spans - 1;
    if (log.more) unread.push(log.readTo);
    for (const event of log.events) count(types, event);
  }
  const rows = [...types].map(([type, states]) => ({ type, states }));
  const readTo = Math.max(...unread.flatMap((at) => at ?? []));
  return {
    rows: rows.sort((a, b) => (a.type < b.type ? -1 : 1)),
    more: unread.length > 0,
    ...(Number.isFinite(readTo) && { readTo: new Date(readTo).toISOString() }),
  };
}

/** The latest commands of a log, from as many spans as are left and one. */
async function commandsOfLog(database: Database, operatorId: string, now: number, left: number) {
  const events: Event[] = [];
  let next: string | null = null;
  let readTo: number | undefined;
  let spans = 0;
  do {
    const span: BackwardsSpan = await readLogBackwards(database, operatorId, {
      before: next === null ? undefined : positionOf(next),
      limit: mostCommands - events.length,
      loggedFrom: now - Math.min(day, eventsKeptFor),
      isWanted: ({ type }) => type === 'command.finished',
      now,
    });
    spans += 1;
    events.push(...span.events);
    next = span.next;
    readTo = span.readTo ?? readTo;
  } while (next !== null && events.length < mostCommands && spans <= left);
  return { events, more: next !== null, readTo, spans };
}

function count(types: Map<string, Map<string, number>>, event: Event): void {
  if (event.type !== 'command.finished') return;
  const { type, state } = event.data as EventData['command.finished'];
  const states = types.get(type) ?? new Map<string, number>();
  types.set(type, states.set(state, (states.get(state) ?? 0) + 1));
}
