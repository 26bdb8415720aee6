import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { CheckedRecord, KnownKey, SignedVerdict } from '../../ocmf/check-signed-values.ts';
import { meterSerialOf } from '../../ocmf/meter-serial.ts';
import type { OcmfRemark } from '../../ocmf/remarks.ts';
import type { SignedFormat } from '../../ocmf/signed-format.ts';
import type { PairProblem, PairTime, SignedPair } from '../../ocmf/signed-pair-of.ts';
import { beginningOf } from '../../units/beginning-of.ts';
import { kwhNumber } from '../../units/format-kwh.ts';
import { isoInstant } from '../../units/instant.ts';
import { digestHex } from '../seal/digest-hex.ts';
import type { SignedPairMismatch } from './foreign-signed-pair.ts';

/** A signed record as a CDR keeps it, and our verdict on it. */
export type SignedValueEvidence = {
  readonly format: SignedFormat;
  /** The record out of its wrappings, unchanged; absent where there are too many to keep all of them whole. */
  readonly record?: string;
  /** Then the SHA-256 of it in UTF-8, hex: the readings hold the record. */
  readonly recordHash?: string;
  /** The key that came with the record. It was not used. */
  readonly publicKey?: string;
  /** On which occasions it was sent, in the words of OCPP. */
  readonly contexts: readonly string[];
  readonly verdict: {
    readonly kind: SignedVerdict['kind'];
    readonly reason?: string;
    readonly message: string;
    readonly remarks: readonly OcmfRemark[];
    /** The registered key that it was checked with. */
    readonly meterKeyId?: string;
  };
};

/** The result of the verified records of a session. */
export type SignedPairEvidence =
  | {
      readonly kind: 'pair';
      readonly startedAt: string;
      readonly endedAt: string;
      readonly energyKwh: number;
      readonly meterSerial: string;
      /** The use the times allow. */
      readonly time: PairTime;
      /** Why the pair does not belong to this session and was not billed by; empty when it was. */
      readonly stray: readonly SignedPairMismatch[];
    }
  | { readonly kind: 'no-pair'; readonly problems: readonly PairProblem[] };

/** The signed values in a CDR's evidence; all of it is absent when the session had none. */
export type SignedEvidence = {
  readonly signedValues?: readonly SignedValueEvidence[];
  /** How many records there are besides those listed. */
  readonly signedValuesLeftOut?: number;
  readonly signedPair?: SignedPairEvidence;
};

/** Records listed in one CDR at most; more are only counted. */
const mostListed = 200;

/** Bytes of records and keys that a CDR keeps whole, as JSON: an item of the store holds 400 KB with everything. */
const mostBytes = 96 * 1024;

/** Characters that are kept of a meter's serial number; the record has all of them. */
export const longestSerial = 100;

/**
 * Writes what was found about the signed values of a session. Records come in their order, those of start and stop first,
 * and are kept whole as long as there is room; the others are represented by their hash.
 */
export const signedEvidence = (
  records: readonly CheckedRecord[],
  pair: SignedPair,
  stray: readonly SignedPairMismatch[],
): SignedEvidence => {
  let room = mostBytes;
  const signedValues = records.slice(0, mostListed).map((record): SignedValueEvidence => {
    const size = bytesOf(record.record) + bytesOf(record.publicKey ?? '');
    const isWhole = size <= room;
    if (isWhole) room -= size;
    return valueEvidence(record, isWhole);
  });
  const leftOut = records.length - signedValues.length;
  return {
    signedValues,
    ...(leftOut > 0 && { signedValuesLeftOut: leftOut }),
    signedPair: pairEvidence(pair, stray),
  };
};

const bytesOf = (text: string): number => utf8ToBytes(JSON.stringify(text)).length;

/** The occasions that OCPP has; anything else that a charger calls one is in its readings. */
const occasions = new Set([
  'Interruption.Begin',
  'Interruption.End',
  'Other',
  'Sample.Clock',
  'Sample.Periodic',
  'Transaction.Begin',
  'Transaction.End',
  'Trigger',
]);

const valueEvidence = (
  { format, record, publicKey, contexts, verdict, key }: CheckedRecord,
  isWhole: boolean,
): SignedValueEvidence => ({
  format,
  ...(isWhole ? { record } : { recordHash: digestHex(record) }),
  ...(isWhole && publicKey !== undefined && { publicKey }),
  contexts: contexts.filter((context) => occasions.has(context)),
  verdict: verdictEvidence({ verdict, key }),
});

/** Our verdict on a record as a CDR states it. */
export const verdictEvidence = ({
  verdict,
  key,
}: Pick<CheckedRecord, 'verdict'> & {
  readonly key?: KnownKey | undefined;
}): SignedValueEvidence['verdict'] => ({
  kind: verdict.kind,
  ...(verdict.kind === 'valid'
    ? { message: 'The record was signed by its meter and is unchanged.' }
    : { reason: verdict.reason, message: verdict.message }),
  remarks: verdict.remarks,
  ...(key?.meterKeyId !== undefined && { meterKeyId: key.meterKeyId }),
});

const pairEvidence = (
  pair: SignedPair,
  stray: readonly SignedPairMismatch[],
): SignedPairEvidence =>
  pair.kind === 'no-pair'
    ? { kind: 'no-pair', problems: pair.problems }
    : {
        kind: 'pair',
        startedAt: isoInstant(pair.start.at),
        endedAt: isoInstant(pair.stop.at),
        energyKwh: kwhNumber(pair.energy),
        meterSerial: beginningOf(meterSerialOf(pair.start.record), longestSerial),
        time: pair.time,
        stray,
      };
