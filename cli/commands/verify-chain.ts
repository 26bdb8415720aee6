import { CommandError } from '../../clients/command-error.ts';
import { listApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Cdr } from '../../core/cdr/model/cdr.ts';
import {
  type SignatureProof,
  verifyChain as verdictOn,
} from '../../core/cdr/verify/verify-chain.ts';
import { type Command, type CommandArguments, textOption } from '../command.ts';
import { readTextFile } from '../read-json-file.ts';
import { signatureVerifier } from '../signature-verifier.ts';

/**
 * `joulegate verify-chain`: walks all sealed CDRs of a charger, credits and corrections included; status 1 when one is
 * missing, was changed, or does not belong where it is.
 */
export const verifyChain: Command = {
  name: 'verify-chain',
  summary: 'checks all sealed CDRs of a charger: none missing, none changed, credits exact',
  usage: 'CHARGER_ID [--public-key FILE]',
  options: { ...stackOptions, 'public-key': { type: 'string' } },
  run: async (args) => {
    const chargerId = args.positionals[0];
    if (chargerId === undefined) throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a charger.');
    const path = `/cdrs?chargerId=${encodeURIComponent(chargerId)}`;
    const cdrs = await Array.fromAsync(listApi<Cdr>(await findStack(args), path));
    const verdict = verdictOn(cdrs, await signatureProof(args));
    const lines = verdict.problems.map(({ cdrId, message }) => `  ${cdrId}: ${message}`);
    const word = verdict.valid ? 'whole' : 'NOT whole';
    return {
      exitCode: verdict.valid ? 0 : 1,
      json: verdict,
      text: [`${chargerId}: ${verdict.cdrs} CDRs, ${word}`, ...lines].join('\n'),
    };
  },
};

/** By the given key, or else by the one that each CDR carries. */
const signatureProof = async (args: CommandArguments): Promise<(cdr: Cdr) => SignatureProof> => {
  const file = textOption(args, 'public-key');
  const given = file === undefined ? undefined : signatureVerifier(await readTextFile(file));
  return ({ seal }) => {
    if (given !== undefined) return { verifySignature: given };
    const carried = seal?.publicKey;
    return carried === undefined
      ? {}
      : { verifySignature: signatureVerifier(carried), keyIsCarried: true };
  };
};
