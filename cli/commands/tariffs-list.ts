import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Command } from '../command.ts';

/** `joulegate tariffs list`: the operator's tariffs, each in its latest version. */
export const tariffsList: Command = {
  name: 'tariffs list',
  summary: 'lists tariffs in their latest versions',
  usage: '',
  options: stackOptions,
  run: async (args) => {
    const client = operatorApi(await findStack(args));
    const tariffs = await Array.fromAsync(client.list('GET /tariffs'));
    const lines = tariffs.map(
      ({ tariffId, version, currency, name }) =>
        `${tariffId}  version ${version}  ${currency}  ${name}`,
    );
    return { exitCode: 0, json: tariffs, text: lines.join('\n') || 'No tariffs yet.' };
  },
};
