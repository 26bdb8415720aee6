import { CommandError } from '../../clients/command-error.ts';
import type { CdrProof, UnusableProof } from '../../core/cdr/verify/cdr-proof.ts';
import { readCdrShape, readSealOf } from '../../core/cdr/verify/cdr-shape.ts';
import { readListedMessages } from '../../core/cdr/verify/read-listed-messages.ts';
import { type CdrVerdict, refusedVerdict, verifyCdr } from '../../core/cdr/verify/verify-cdr.ts';
import { loadDecoder } from '../../core/ocpp/load-decoder.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import { type Command, type CommandArguments, textOption } from '../command.ts';
import { readDocumentFile } from '../read-json-file.ts';
import { keyOptions, keyUsage, sealKeys } from '../seal-keys.ts';

/**
 * `joulegate verify`: checks a CDR of ours against itself, its seal, its readings and its predecessor, as far as they
 * are given; status 1 unless it is sealed and no check fails. Any JSON gets a verdict.
 */
export const verify: Command = {
  name: 'verify',
  summary: 'recomputes a CDR from its evidence and checks its chain and signature',
  usage: `CDR.json [--readings R.json] [--previous CDR.json] ${keyUsage}`,
  options: { readings: { type: 'string' }, previous: { type: 'string' }, ...keyOptions },
  run: async (args) => {
    const path = args.positionals[0];
    if (path === undefined)
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name the CDR file, or - for standard input.');
    const document = await readDocumentFile(path);
    const verdict =
      document.kind === 'json'
        ? verifyCdr(document.value, await proofOf(args, document.value))
        : refusedVerdict(document.message);
    const lines = verdict.checks.map(
      ({ check, outcome, message }) => `  ${outcome.padEnd(8)} ${check.padEnd(11)} ${message}`,
    );
    const name = document.kind === 'json' ? nameOf(document.value) : undefined;
    return {
      exitCode: verdict.valid ? 0 : 1,
      json: verdict,
      text: [`${name ?? path}: ${words[verdict.verdict]}`, ...lines].join('\n'),
    };
  },
};

const words: Readonly<Record<CdrVerdict['verdict'], string>> = {
  valid: 'valid',
  'not valid': 'NOT valid',
  'not sealed': 'not sealed, so nothing proves it',
};

const nameOf = (value: unknown): string | undefined => {
  const read = readCdrShape(value);
  return read.kind === 'read' ? read.value.cdrId : undefined;
};

const proofOf = async (args: CommandArguments, value: unknown): Promise<CdrProof> => {
  const readings = await documentOf(args, 'readings');
  const previous = await documentOf(args, 'previous');
  const keyOf = await sealKeys(args);
  const read = readCdrShape(value);
  const cdr = read.kind === 'read' ? read.value : undefined;
  const protocol = cdr?.evidence.session.protocol;
  const decode = protocol && (await loadDecoder([protocol]));
  return {
    ...(decode && {
      rules: { read: (reading) => decode(protocol, reading), price: priceSession },
    }),
    ...(readings && {
      readings: 'problem' in readings ? readings : readListedMessages(readings.value),
    }),
    ...(previous && { previous: 'problem' in previous ? previous : previousSeal(previous.value) }),
    ...(cdr?.seal && { key: keyOf(cdr.seal) }),
  };
};

/** The document that an option names; one that can be read in two ways proves nothing. */
const documentOf = async (
  args: CommandArguments,
  option: 'readings' | 'previous',
): Promise<{ readonly value: unknown } | UnusableProof | undefined> => {
  const file = textOption(args, option);
  if (file === undefined) return undefined;
  const document = await readDocumentFile(file);
  return document.kind === 'json' ? document : { problem: document.message };
};

const previousSeal = (value: unknown): NonNullable<CdrProof['previous']> => {
  const read = readSealOf(value);
  return read.kind === 'read'
    ? read.value
    : {
        problem: 'What was given as the previous CDR is no sealed CDR, so that none can follow it.',
      };
};
