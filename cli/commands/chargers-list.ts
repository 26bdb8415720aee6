import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Command } from '../command.ts';

/** `joulegate chargers list`: every charger of the operator with its connectors' status. */
export const chargersList: Command = {
  name: 'chargers list',
  summary: 'lists the operator’s chargers and their connectors',
  usage: '',
  options: stackOptions,
  run: async (args) => {
    const access = await findStack(args);
    const chargers = await Array.fromAsync(operatorApi(access).list('GET /chargers'));
    const lines = chargers.map((charger) => {
      const status = charger.connectors
        .map((c) => `${c.connectorId} ${c.status ?? 'not reported'}`)
        .join(', ');
      return `${charger.chargerId.padEnd(24)} ${charger.online ? 'online ' : 'offline'}  ${status}`;
    });
    return { exitCode: 0, json: chargers, text: lines.join('\n') || 'No chargers yet.' };
  },
};
