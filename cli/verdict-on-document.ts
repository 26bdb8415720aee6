import type { CdrProof, UnusableProof } from '../core/cdr/verify/cdr-proof.ts';
import { readCdrShape, readSealOf } from '../core/cdr/verify/cdr-shape.ts';
import { readListedMessages } from '../core/cdr/verify/read-listed-messages.ts';
import { type CdrVerdict, refusedVerdict, verifyCdr } from '../core/cdr/verify/verify-cdr.ts';
import { loadDecoder } from '../core/ocpp/load-decoder.ts';
import { priceSession } from '../core/tariff/price-session.ts';
import { type CommandArguments, textOption } from './command.ts';
import { exportedCdr } from './export/exported-cdr.ts';
import { readDocumentFile } from './read-json-file.ts';
import { sealKeys } from './seal-keys.ts';

/** The verdict on a CDR, with its id where it has one. */
export type NamedVerdict = { readonly verdict: CdrVerdict; readonly cdrId: string | undefined };

/** A document that a CDR is checked against; one that can be read in two ways proves nothing. */
type Given = { readonly value: unknown } | UnusableProof | undefined;

/** The documents beside a CDR. */
type Documents = { readonly readings: Given; readonly previous: Given };

/** The verdict on the CDR in a file, by the readings, the predecessor and the keys that options name. */
export const verdictOnDocument = async (
  args: CommandArguments,
  path: string,
): Promise<NamedVerdict> => {
  const document = await readDocumentFile(path);
  if (document.kind !== 'json') {
    return { verdict: refusedVerdict(document.message), cdrId: undefined };
  }
  return await verdictOn(args, document.value, {
    readings: await documentOf(args, 'readings'),
    previous: await documentOf(args, 'previous'),
  });
};

/** The verdict on a CDR of an export, by all that the export has of it. */
export const verdictOnExported = async (
  args: CommandArguments,
  folder: string,
  cdrId: string,
): Promise<NamedVerdict> => {
  const { cdr, readings, previous } = await exportedCdr(folder, cdrId);
  return await verdictOn(args, cdr, {
    readings: { value: readings },
    previous: previous === undefined ? undefined : { value: previous },
  });
};

const verdictOn = async (
  args: CommandArguments,
  value: unknown,
  documents: Documents,
): Promise<NamedVerdict> => ({
  verdict: verifyCdr(value, await proofOf(args, value, documents)),
  cdrId: nameOf(value),
});

const nameOf = (value: unknown): string | undefined => {
  const read = readCdrShape(value);
  return read.kind === 'read' ? read.value.cdrId : undefined;
};

const proofOf = async (
  args: CommandArguments,
  value: unknown,
  { readings, previous }: Documents,
): Promise<CdrProof> => {
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

const documentOf = async (
  args: CommandArguments,
  option: 'readings' | 'previous',
): Promise<Given> => {
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
