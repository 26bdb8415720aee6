import type { Cdr, CdrSeal } from '../../../core/cdr/cdr.ts';
import type { StoredReading } from '../../../core/cdr/stored-reading.ts';
import { type CdrProof, verifyCdr } from '../../../core/cdr/verify-cdr.ts';
import { understand } from '../../../core/ocpp/understand.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { type Command, type CommandArguments, CommandError, textOption } from '../command.ts';
import { readJsonFile, readTextFile } from '../read-json-file.ts';
import { signatureVerifier } from '../signature-verifier.ts';

/**
 * `joulegate verify`: checks a CDR of ours against itself, its seal, its readings and its predecessor, as far as they
 * are given; status 1 when a check fails.
 */
export const verify: Command = {
  name: 'verify',
  summary: 'recomputes a CDR from its evidence, checks chain and signature',
  usage: 'CDR.json [--readings R.json] [--previous CDR.json] [--public-key FILE]',
  options: {
    readings: { type: 'string' },
    previous: { type: 'string' },
    'public-key': { type: 'string' },
  },
  run: async (args) => {
    const path = args.positionals[0];
    if (path === undefined)
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name the file of the CDR, or - .');
    const cdr = asCdr(await readJsonFile(path), path);
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
  return {
    rules: {
      read: (reading) => understand(cdr.evidence.session.protocol, reading),
      price: priceSession,
    },
    ...(readings !== undefined && { readings: asReadings(await readJsonFile(readings), readings) }),
    ...(previous !== undefined && {
      previous: sealOf(asCdr(await readJsonFile(previous), previous)),
    }),
    ...(publicKey !== undefined && { verifySignature: signatureVerifier(publicKey) }),
  };
};

const asCdr = (value: unknown, path: string): Cdr => {
  const cdr = value as Partial<Cdr> | null;
  if (
    typeof cdr === 'object' &&
    cdr !== null &&
    typeof cdr.cdrId === 'string' &&
    'evidence' in cdr
  ) {
    return cdr as Cdr;
  }
  throw new CommandError('CLI_DOCUMENT_MALFORMED', `${path} holds no CDR of this system.`);
};

const sealOf = (cdr: Cdr): CdrSeal => {
  if (cdr.seal !== null) return cdr.seal;
  throw new CommandError(
    'CLI_DOCUMENT_MALFORMED',
    `${cdr.cdrId} is held, so nothing follows it in the chain.`,
  );
};

// The readings come as the API lists them: a page, or several pages joined into a bare list. What came too late for the
// CDR is listed as well, and is no part of its evidence.
const asReadings = (value: unknown, path: string): readonly StoredReading[] => {
  const items = Array.isArray(value) ? value : (value as { items?: unknown } | null)?.items;
  if (Array.isArray(items)) {
    return (items as (StoredReading & { late?: boolean })[]).filter(({ late }) => late !== true);
  }
  throw new CommandError('CLI_DOCUMENT_MALFORMED', `${path} holds no readings of this system.`);
};
