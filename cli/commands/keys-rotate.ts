import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import { type Command, textOption } from '../command.ts';

/** `joulegate keys rotate`: gives an API key another secret and shows it, once. */
export const keysRotate: Command = {
  name: 'keys rotate',
  summary: 'gives an API key another secret; the old one is valid until the new one is used',
  usage: 'API_KEY_ID [--previous-until TIME]',
  options: { ...stackOptions, 'previous-until': { type: 'string' } },
  run: async (args) => {
    const [apiKeyId] = args.positionals;
    if (apiKeyId === undefined) throw new CommandError('CLI_ARGUMENT_MISSING', 'Name an API key.');
    const previousValidUntil = textOption(args, 'previous-until');
    const made = await operatorApi(await findStack(args)).call('POST /api-keys/{apiKeyId}/rotate', {
      path: { apiKeyId },
      body: previousValidUntil === undefined ? {} : { previousValidUntil },
    });
    const text = [
      `API key   ${made.apiKey}`,
      'The key is shown this once. The old one is valid until this one is used.',
    ].join('\n');
    return { exitCode: 0, json: made, text };
  },
};
