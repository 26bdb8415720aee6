import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Command } from '../command.ts';

/** `joulegate keys delete`: ends an API key. */
export const keysDelete: Command = {
  name: 'keys delete',
  summary: 'deletes an API key; it stops working within seconds',
  usage: 'API_KEY_ID',
  options: stackOptions,
  run: async (args) => {
    const [apiKeyId] = args.positionals;
    if (apiKeyId === undefined) throw new CommandError('CLI_ARGUMENT_MISSING', 'Name an API key.');
    const client = operatorApi(await findStack(args));
    await client.call('DELETE /api-keys/{apiKeyId}', { path: { apiKeyId } });
    return { exitCode: 0, json: { apiKeyId }, text: `${apiKeyId} is deleted.` };
  },
};
