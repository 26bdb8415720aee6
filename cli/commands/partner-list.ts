import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Command } from '../command.ts';

/** `joulegate partner list`: the roaming partners of the operator, and where each connection stands. */
export const partnerList: Command = {
  name: 'partner list',
  summary: 'lists the roaming partners of the operator',
  usage: '',
  options: stackOptions,
  run: async (args) => {
    const client = operatorApi(await findStack(args));
    const partners = await Array.fromAsync(client.list('GET /partners'));
    const lines = partners.map(({ partnerId, name, state, version, registration }) => {
      const parties = (registration?.parties ?? []).map(
        ({ role, countryCode, partyId }) => `${countryCode}-${partyId}${role ? ` ${role}` : ''}`,
      );
      return [partnerId, state.padEnd(12), version ?? '-', name, parties.join(', ')].join('  ');
    });
    return { exitCode: 0, json: partners, text: lines.join('\n') };
  },
};
