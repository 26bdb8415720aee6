import { listApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import { type Command, textOption } from '../command.ts';

type ListedSession = {
  readonly sessionId: string;
  readonly chargerId: string;
  readonly state: string;
  readonly startedAt: string;
  readonly energyKwh: number;
  readonly cost: { readonly currency: string; readonly inclVat: string } | null;
};

/** `joulegate sessions list`: the operator's sessions, newest first, of one state or all. */
export const sessionsList: Command = {
  name: 'sessions list',
  summary: 'lists sessions with their energy and cost',
  usage: '[--state active|ended|void]',
  options: { ...stackOptions, state: { type: 'string' } },
  run: async (args) => {
    const access = await findStack(args);
    const state = textOption(args, 'state');
    const path = state === undefined ? '/sessions' : `/sessions?state=${encodeURIComponent(state)}`;
    const sessions = await Array.fromAsync(listApi<ListedSession>(access, path));
    const lines = sessions.map((session) => {
      const cost = session.cost === null ? '' : `${session.cost.inclVat} ${session.cost.currency}`;
      const energy = `${session.energyKwh.toFixed(3)} kWh`;
      return `${session.sessionId}  ${session.startedAt}  ${session.state.padEnd(6)} ${energy.padStart(14)} ${cost.padStart(12)}  ${session.chargerId}`;
    });
    return { exitCode: 0, json: sessions, text: lines.join('\n') || 'No sessions yet.' };
  },
};
