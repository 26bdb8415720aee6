import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { BodyOf } from '../../clients/typescript/create-client.ts';
import { type Command, textOption } from '../command.ts';

type KeyForm = BodyOf<'POST /api-keys'>;

const listed = (text: string): string[] => text.split(',').map((one) => one.trim());

/** `joulegate keys create`: makes an API key and shows it, once. */
export const keysCreate: Command = {
  name: 'keys create',
  summary: 'creates an API key and shows it once',
  usage:
    '--name NAME --scopes SCOPE[,SCOPE …] [--expires TIME] [--locations LOCATION_ID[,LOCATION_ID …]]',
  options: {
    ...stackOptions,
    name: { type: 'string' },
    scopes: { type: 'string' },
    expires: { type: 'string' },
    locations: { type: 'string' },
  },
  run: async (args) => {
    const name = textOption(args, 'name');
    const scopes = textOption(args, 'scopes');
    const expiresAt = textOption(args, 'expires');
    const locations = textOption(args, 'locations');
    if (name === undefined || scopes === undefined) {
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Give --name and --scopes.');
    }
    const body = {
      name,
      // The API knows the scopes, and names those that do not exist.
      scopes: listed(scopes) as unknown as KeyForm['scopes'],
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(locations === undefined ? {} : { locationIds: listed(locations) }),
    };
    const made = await operatorApi(await findStack(args)).call('POST /api-keys', { body });
    const text = [
      `${made.apiKeyId}  ${made.name}  ${made.scopes.join(' ')}`,
      `API key   ${made.apiKey}`,
      'The key is shown this once; only a hash of it is kept.',
    ].join('\n');
    return { exitCode: 0, json: made, text };
  },
};
