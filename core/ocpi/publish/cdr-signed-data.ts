import type { CdrContent } from '../../cdr/model/cdr.ts';
import type { SignedValueEvidence } from '../../cdr/signed/signed-evidence.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { SignedData } from '../model/cdr.ts';

/** The names of the formats in which meters sign, as partners know them. */
const methods: Readonly<Record<SignedValueEvidence['format'], string>> = {
  ocmf: 'OCMF',
  alfen: 'Alfen Eichrecht',
  edl: 'EDL40 E-Mobility Extension',
  mennekes: 'EDL40 Mennekes',
  pcdf: 'PCDF',
  unknown: 'unknown',
};

const natureOf = ({ contexts }: SignedValueEvidence): string => {
  if (contexts.includes('Transaction.Begin')) return 'Start';
  return contexts.includes('Transaction.End') ? 'End' : 'Intermediate';
};

/** The part of a record that people can read: the payload between the bars of OCMF. */
const plainDataOf = ({ format, record = '' }: SignedValueEvidence): string =>
  format === 'ocmf' ? (/^\s*OCMF\|(.*)\|/s.exec(record)?.[1] ?? record) : record;

/** Longest text of a partner's field: a part of a record proves nothing, so that a longer one is left out whole. */
const mostPlain = 512;
const mostSigned = 5_000;

const isSayable = (value: SignedValueEvidence): boolean =>
  value.record !== undefined &&
  value.record.length <= mostSigned &&
  plainDataOf(value).length <= mostPlain;

/** The signed values of a CDR for partners, byte for byte; undefined where no record can be said. */
export const cdrSignedData = ({
  evidence: { signedValues = [] },
}: Pick<CdrContent, 'evidence'>): SignedData | undefined => {
  const [first, ...others] = signedValues.filter(isSayable);
  if (first === undefined) return undefined;
  // One document has one method.
  const same = [first, ...others.filter(({ format }) => format === first.format)];
  const publicKey = same.find((value) => value.publicKey !== undefined)?.publicKey;
  return omitUndefined({
    encodingMethod: methods[first.format],
    publicKey: publicKey !== undefined && publicKey.length <= 512 ? publicKey : undefined,
    signedValues: same.map((value) => ({
      nature: natureOf(value),
      plainData: plainDataOf(value),
      signedData: value.record ?? '',
    })),
  });
};
