import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { BodyOf } from '../../clients/typescript/create-client.ts';
import { type Command, textOption } from '../command.ts';

type PartnerForm = BodyOf<'POST /partners'>;

// The API knows versions and roles, and names those that do not exist.
const listed = <Word>(text: string): Word =>
  text.split(',').map((one) => one.trim()) as unknown as Word;

/** `joulegate partner add`: invites a roaming partner, or registers at one whose address and token A are at hand. */
export const partnerAdd: Command = {
  name: 'partner add',
  summary: 'invites a roaming partner, or registers at it with the URL and token A that it gave',
  usage: '--name NAME [--versions V[,V …]] [--roles CPO,EMSP] [--versions-url URL --token-a TOKEN]',
  options: {
    ...stackOptions,
    name: { type: 'string' },
    versions: { type: 'string' },
    roles: { type: 'string' },
    'versions-url': { type: 'string' },
    'token-a': { type: 'string' },
  },
  run: async (args) => {
    const name = textOption(args, 'name');
    if (name === undefined) throw new CommandError('CLI_ARGUMENT_MISSING', 'Give --name.');
    const versions = textOption(args, 'versions');
    const roles = textOption(args, 'roles');
    const versionsUrl = textOption(args, 'versions-url');
    const tokenA = textOption(args, 'token-a');
    const body: PartnerForm = {
      name,
      ...(versions === undefined
        ? {}
        : { versions: listed<NonNullable<PartnerForm['versions']>>(versions) }),
      ...(roles === undefined ? {} : { roles: listed<NonNullable<PartnerForm['roles']>>(roles) }),
      ...(versionsUrl === undefined ? {} : { versionsUrl }),
      ...(tokenA === undefined ? {} : { tokenA }),
    };
    const made = await operatorApi(await findStack(args)).call('POST /partners', { body });
    const lines =
      made.tokenA === null
        ? [`${made.partnerId}  registered, OCPI ${made.version}`]
        : [
            `${made.partnerId}  invited: give the partner these two, the token is shown this once`,
            `Versions  ${made.versionsUrl}`,
            `Token A   ${made.tokenA}`,
          ];
    return { exitCode: 0, json: made, text: lines.join('\n') };
  },
};
