import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Command } from '../command.ts';

const usedAt = (at: string | null): string => (at === null ? 'never used' : `used ${at}`);

/** `joulegate keys list`: the operator's API keys, without their secrets. */
export const keysList: Command = {
  name: 'keys list',
  summary: 'lists the API keys of the operator',
  usage: '',
  options: stackOptions,
  run: async (args) => {
    const client = operatorApi(await findStack(args));
    const keys = await Array.fromAsync(client.list('GET /api-keys'));
    const lines = keys.map(({ apiKeyId, name, scopes, expiresAt, lastUsedAt }) =>
      [apiKeyId, expiresAt ?? 'never expires', name, scopes.join(' '), usedAt(lastUsedAt)].join(
        '  ',
      ),
    );
    return { exitCode: 0, json: keys, text: lines.join('\n') };
  },
};
