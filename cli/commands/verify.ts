import { CommandError } from '../../clients/command-error.ts';
import type { Cdr } from '../../core/cdr/model/cdr.ts';
import { type CdrProof, verifyCdr } from '../../core/cdr/verify/verify-cdr.ts';
import { loadDecoder } from '../../core/ocpp/load-decoder.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import { type Command, type CommandArguments, textOption } from '../command.ts';
import { readCdr, readReadings, readSeal } from '../read-cdr-proof.ts';
import { readTextFile } from '../read-json-file.ts';
import { signatureVerifier } from '../signature-verifier.ts';

/**
 * `joulegate verify`: checks a CDR of ours against itself, its seal, its readings and its predecessor, as far as they
 * are given; status 1 when a check fails.
 */
export const verify: Command = {
  name: 'verify',
  summary: 'recomputes a CDR from its evidence and checks its chain and signature',
  usage: 'CDR.json [--readings R.json] [--previous CDR.json] [--public-key FILE]',
  options: {
    readings: { type: 'string' },
    previous: { type: 'string' },
    'public-key': { type: 'string' },
  },
  run: async (args) => {
    const path = args.positionals[0];
    if (path === undefined)
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name the CDR file, or - for standard input.');
    const cdr = await readCdr(path);
    const verdict = verifyCdr(cdr, await proofOf(args, cdr));
    const lines = verdict.checks.map(
      ({ check, outcome, message }) => `  ${outcome.padEnd(8)} ${check.padEnd(11)} ${message}`,
    );
    return {
      exitCode: verdict.valid ? 0 : 1,
      json: verdict,
      text: [`${cdr.cdrId}: ${verdict.valid ? 'valid' : 'NOT valid'}`, ...lines].join('\n'),
    };
  },
};

const proofOf = async (args: CommandArguments, cdr: Cdr): Promise<CdrProof> => {
  const readings = textOption(args, 'readings');
  const previous = textOption(args, 'previous');
  const keyFile = textOption(args, 'public-key');
  const publicKey = keyFile === undefined ? cdr.seal?.publicKey : await readTextFile(keyFile);
  const { protocol } = cdr.evidence.session;
  const decode = await loadDecoder([protocol]);
  return {
    rules: {
      read: (reading) => decode(protocol, reading),
      price: priceSession,
    },
    ...(readings !== undefined && { readings: await readReadings(readings) }),
    ...(previous !== undefined && { previous: await readSeal(previous) }),
    ...(publicKey !== undefined && {
      verifySignature: signatureVerifier(publicKey),
      keyIsCarried: keyFile === undefined,
    }),
  };
};
