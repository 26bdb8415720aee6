import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Client } from '../../clients/typescript/create-client.ts';
import type { Command } from '../command.ts';

type Erased = {
  readonly account: boolean;
  readonly tokens: readonly string[];
  readonly kept: readonly { readonly data: string; readonly reason: string }[];
};

/** Goes on until nothing is left: one call goes through some thousand tokens. */
async function eraseAccount(client: Client, accountId: string): Promise<Erased> {
  const tokens: string[] = [];
  let cursor: string | undefined;
  for (;;) {
    const body = cursor === undefined ? {} : { cursor };
    const erased = await client.call('POST /accounts/{accountId}/erasure', {
      path: { accountId },
      body,
    });
    tokens.push(...erased.tokens);
    if (erased.nextCursor === null) {
      return { account: erased.account, tokens, kept: erased.kept };
    }
    cursor = erased.nextCursor;
  }
}

const eraseToken = async (client: Client, tokenId: string): Promise<Erased> =>
  await client.call('POST /tokens/{tokenId}/erasure', { path: { tokenId }, body: {} });

const kinds: Readonly<Record<string, (client: Client, id: string) => Promise<Erased>>> = {
  account: eraseAccount,
  token: eraseToken,
};

/** `joulegate erase`: deletes what is known of the person behind an account or a token, and says what stays, and why. */
export const eraseData: Command = {
  name: 'erase',
  summary: 'deletes what is known of a person; says what is kept, and why',
  usage: 'account|token ID --yes',
  options: { ...stackOptions, yes: { type: 'boolean' } },
  run: async (args) => {
    const [kind = '', id] = args.positionals;
    const erase = kinds[kind];
    if (erase === undefined || id === undefined) {
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name an account or a token: account ID.');
    }
    if (args.values['yes'] !== true) {
      throw new CommandError(
        'CLI_OPTION_INVALID',
        'What is erased cannot be brought back: give --yes to erase it.',
      );
    }
    const { account, tokens, kept } = await erase(operatorApi(await findStack(args)), id);
    return {
      exitCode: 0,
      json: { account, tokens, kept },
      text: [
        ...(account ? [`erased: account ${id}`] : []),
        ...tokens.map((tokenId) => `erased: token ${tokenId}`),
        ...kept.map(({ data, reason }) => `kept: ${data}. ${reason}`),
      ].join('\n'),
    };
  },
};
