import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Command } from '../command.ts';

const modules = ['locations', 'tariffs', 'sessions', 'cdrs', 'tokens'] as const;

type Listed = {
  readonly objectId: string;
  readonly reason: string | null;
  readonly losses: readonly {
    readonly path: string;
    readonly lost: string | null;
    readonly instead: string | null;
  }[];
};

/** A loss of many objects is one: `evses[3].floor` is that of any EVSE. */
const anywhere = (path: string): string => path.replace(/\[\d+\]/g, '[]');

const short = (text: string | null): string => {
  const shown = text ?? 'nothing';
  return shown.length <= 40 ? shown : `${shown.slice(0, 39)}…`;
};

/** A line for each field that is lost, with how many objects lose it and an example, and for each object that is not sent. */
function linesOf(module: string, items: readonly Listed[]): readonly string[] {
  const named = items.flatMap(({ objectId, losses }) =>
    losses.map((loss) => ({ ...loss, objectId, field: anywhere(loss.path) })),
  );
  const lost = [...Map.groupBy(named, ({ field }) => field)].map(([field, all]) => {
    const objects = new Set(all.map(({ objectId }) => objectId)).size;
    const [first] = all;
    return `${module}  ${field}  in ${objects}: ${short(first?.lost ?? null)} is read as ${short(first?.instead ?? null)}`;
  });
  const unsent = items.flatMap(({ objectId, reason }) =>
    reason === null ? [] : `${module}  ${objectId}  not sent: ${reason}`,
  );
  return [...lost, ...unsent];
}

/** `joulegate partner losses`: everything that a roaming partner reads differently, or does not get, because its version has no words for it. */
export const partnerLosses: Command = {
  name: 'partner losses',
  summary: 'lists what a roaming partner reads differently, or does not get, and why',
  usage: 'PARTNER_ID',
  options: stackOptions,
  run: async (args) => {
    const [partnerId] = args.positionals;
    if (partnerId === undefined) {
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name the partner by its id.');
    }
    const client = operatorApi(await findStack(args));
    const json = [];
    const lines: string[] = [];
    for (const module of modules) {
      const path = { partnerId };
      const call = client.list('GET /partners/{partnerId}/losses', { path, query: { module } });
      const items = await Array.fromAsync(call);
      json.push(...items);
      lines.push(...linesOf(module, items));
    }
    const text = lines.length === 0 ? 'The partner reads everything as it is.' : lines.join('\n');
    return { exitCode: 0, json, text };
  },
};
