import { CommandError } from '../../clients/command-error.ts';
import { listApi } from '../../clients/operator-api.ts';
import { findStack, type StackAccess, stackOptions } from '../../clients/stack-access.ts';
import type { SealKeyName } from '../../core/cdr/verify/verify-cdr.ts';
import { type Command, type CommandArguments, textOption } from '../command.ts';
import { keyOptions, keyUsage } from '../key-options.ts';

/**
 * `joulegate verify-chain`: walks all sealed CDRs of a charger, credits and corrections included; status 1 when there is
 * none, or one is missing, was changed, or does not belong where it is.
 */
export const verifyChain: Command = {
  name: 'verify-chain',
  summary: 'checks all sealed CDRs of a charger: none missing, none changed, credits exact',
  usage: `CHARGER_ID [--export FOLDER] ${keyUsage}`,
  options: { ...stackOptions, ...keyOptions, export: { type: 'string' } },
  run: async (args) => {
    const chargerId = args.positionals[0];
    if (chargerId === undefined) throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a charger.');
    const { sealKeys } = await import('../seal-keys.ts');
    const keyOf = await sealKeys(args);
    const cdrs = await cdrsOf(args, chargerId);
    const { verifyChain: verdictOn } = await import('../../core/cdr/verify/verify-chain.ts');
    const verdict = verdictOn(chargerId, cdrs, ({ seal }) =>
      seal === null ? { problem: 'Not sealed.' } : keyOf(seal),
    );
    const lines = verdict.problems.map(({ cdrId, message }) =>
      cdrId === '' ? `  ${message}` : `  ${cdrId}: ${message}`,
    );
    const word = verdict.valid ? 'whole' : 'NOT whole';
    const held = verdict.held === 0 ? '' : `, and ${verdict.held} held, which nothing proves`;
    return {
      exitCode: verdict.valid ? 0 : 1,
      json: verdict,
      text: [
        `${chargerId}: ${verdict.cdrs} sealed CDRs, ${word}${held}`,
        ...lines,
        ...verdict.keys.map((key) => `  signed by ${key.keyId} (${origins[key.source]})`),
      ].join('\n'),
    };
  },
};

/** All CDRs of a charger: from an export, or as the API lists them. */
const cdrsOf = async (args: CommandArguments, chargerId: string): Promise<unknown> => {
  const folder = textOption(args, 'export');
  if (folder === undefined) {
    return await listed(await findStack(args), `/cdrs?chargerId=${encodeURIComponent(chargerId)}`);
  }
  const { exportedCdrsOf } = await import('../export/exported-cdr.ts');
  return await exportedCdrsOf(folder, chargerId);
};

/** All CDRs that the API lists; what it gives otherwise, if that is no list, gets a verdict like any other. */
const listed = async (access: StackAccess, path: string): Promise<unknown> => {
  try {
    return await Array.fromAsync(listApi<unknown>(access, path));
  } catch (error) {
    if (error instanceof CommandError && error.code === 'CLI_API_NO_LIST') return null;
    throw error;
  }
};

const origins: Readonly<Record<SealKeyName['source'], string>> = {
  given: 'the key that was given',
  published: 'a published key',
  carried: 'a key that only came with the CDRs: give --public-key or --keys to check whose it is',
};
