import type { MeterEnd } from '../metering/metered.ts';
import type { MeteringFacts } from '../metering/metering-facts.ts';
import { findSignedRecords, type SignedRecord } from './find-signed-records.ts';
import type { OcmfRecord } from './ocmf-record.ts';
import { parseOcmf } from './parse-ocmf.ts';
import { type SignedEnd, type SignedPair, signedPairOf } from './signed-pair-of.ts';
import { type OcmfVerdict, type PublicKeyText, verifyOcmf } from './verify-ocmf.ts';

/** A verdict on a record of any format; those that are not OCMF are never verified. */
export type SignedVerdict =
  | OcmfVerdict
  | {
      readonly kind: 'unverified';
      readonly reason: 'FORMAT_NOT_VERIFIED';
      readonly message: string;
      readonly remarks: readonly never[];
    };

/** A signed record and what became of checking it. */
export type CheckedRecord = SignedRecord & { readonly verdict: SignedVerdict };

/** What the signed values of a session amount to. */
export type CheckedValues = {
  /** Every record once, in the order of their texts. */
  readonly records: readonly CheckedRecord[];
  /** The billable start and stop out of the records whose signature is valid. */
  readonly pair: SignedPair;
  /** The pair as metering takes it (MeteringFacts.verified), where there is one. */
  readonly verified?: NonNullable<MeteringFacts['verified']>;
};

/**
 * The keys to check a record with: those registered for its meter at its time. A key that came with the record
 * (`publicKey`, `appendedKey`) belongs among them only where it is trusted for another reason.
 */
export type KeysOf = (record: OcmfRecord, delivered: SignedRecord) => readonly PublicKeyText[];

/**
 * Checks the signed values of a session, each as its charger sent it, and pairs start and stop. The same values in any
 * order and any number give the same result.
 */
export const checkSignedValues = (values: readonly string[], keysOf: KeysOf): CheckedValues => {
  const found = values.flatMap((value) => findSignedRecords(value));
  const once = new Map(found.map((each) => [JSON.stringify(each), each]));
  const records = [...once]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => ({ ...each, verdict: check(each, keysOf) }));
  const pair = signedPairOf(records.flatMap(({ verdict }) => validRecord(verdict)));
  return {
    records,
    pair,
    ...(pair.kind === 'pair' && {
      verified: { start: meterEnd(pair.start), stop: meterEnd(pair.stop) },
    }),
  };
};

const check = (delivered: SignedRecord, keysOf: KeysOf): SignedVerdict => {
  if (delivered.format !== 'ocmf') {
    const message = 'Records of this format are kept as they are and not verified.';
    return { kind: 'unverified', reason: 'FORMAT_NOT_VERIFIED', message, remarks: [] };
  }
  const parsed = parseOcmf(delivered.record);
  const keys = parsed.kind === 'record' ? keysOf(parsed.record, delivered) : [];
  const [first = verifyOcmf(delivered.record, undefined), ...more] = keys.map((key) =>
    verifyOcmf(delivered.record, key),
  );
  return [first, ...more].find(({ kind }) => kind === 'valid') ?? first;
};

const validRecord = (verdict: SignedVerdict): readonly OcmfRecord[] =>
  verdict.kind === 'valid' ? [verdict.record] : [];

const meterEnd = ({ register, at, record }: SignedEnd): MeterEnd => ({
  register,
  at,
  signed: record.text,
});
