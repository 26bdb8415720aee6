import { bytesToHex } from '@noble/hashes/utils.js';
import type { MeterEnd } from '../metering/model/metered.ts';
import type { MeteringFacts } from '../metering/model/metering-facts.ts';
import { curves } from './curves.ts';
import { findSignedRecords, receivedRecord, type SignedRecord } from './find-signed-records.ts';
import type { OcmfReading, OcmfRecord } from './ocmf-record.ts';
import { type ParsedOcmf, parseOcmf } from './parse-ocmf.ts';
import { readPublicKey } from './read-public-key.ts';
import { isStop, type SignedEnd, type SignedPair, signedPairOf } from './signed-pair-of.ts';
import { type OcmfVerdict, type PublicKeyText, verifyParsed } from './verify-ocmf.ts';

/** A signed value as its charger sent it, with what OCPP calls its occasion (`Transaction.Begin`, …). */
export type DeliveredValue = { readonly value: string; readonly context?: string };

/** A key to verify with, and the id under which it is registered. */
export type KnownKey = PublicKeyText & { readonly meterKeyId?: string };

/** Why a record was not checked. */
export const uncheckedReasons = {
  FORMAT_NOT_VERIFIED: 'Records in this format are stored but not verified.',
  NOT_CHECKED: 'The session has more signed values than are verified; this one was only stored.',
} as const;

/** A verdict on a record of any format. */
export type SignedVerdict =
  | OcmfVerdict
  | {
      readonly kind: 'unverified';
      readonly reason: keyof typeof uncheckedReasons;
      readonly message: string;
      readonly record?: never;
      readonly remarks: readonly never[];
    };

/** A signed record and the result of checking it. */
export type CheckedRecord = SignedRecord & {
  /** On which occasions it was sent, as OCPP calls them, each once. */
  readonly contexts: readonly string[];
  /** True when it holds the start, the stop or an exception: what decides over the bill. */
  readonly isDecisive: boolean;
  readonly verdict: SignedVerdict;
  /** Where its meter's keys are known: the one that fits, or else the first that speaks against it. */
  readonly key?: KnownKey;
};

/** The result of checking the signed values of a session. */
export type CheckedValues = {
  /** Every record once: first those that decide over the bill, then in the order of their texts. */
  readonly records: readonly CheckedRecord[];
  /** The billable start and stop out of the records whose signature is valid. */
  readonly pair: SignedPair;
  /** The pair as metering takes it (MeteringFacts.verified), where there is one. */
  readonly verified?: NonNullable<MeteringFacts['verified']>;
};

/**
 * The keys to check a record with: those registered for its meter at its time; undefined means a text that cannot be read as
 * a record. A key that came with the record (`publicKey`, `appendedKey`) belongs among them only where it is trusted for
 * another reason.
 */
export type KeysOf = (record: OcmfRecord | undefined) => readonly KnownKey[];

/** Signatures that are checked at most for one session: each takes a few milliseconds. */
export const mostAttempts = 300;

/** Checks one record, however many others there are. */
export const checkSignedRecord = (
  { format, record }: Pick<SignedRecord, 'format' | 'record'>,
  keysOf: KeysOf,
): Pick<CheckedRecord, 'verdict' | 'key'> => {
  if (format !== 'ocmf') return { verdict: unchecked('FORMAT_NOT_VERIFIED') };
  const parsed = parseOcmf(receivedRecord(record));
  return checkWithKeys(parsed, keysOf(parsed.kind === 'record' ? parsed.record : undefined));
};

/**
 * Checks the signed values of a session, and pairs start and stop. The same values in any order and any number give the
 * same result. Of very many records those of start and stop are checked first.
 */
export const checkSignedValues = (
  values: readonly DeliveredValue[],
  keysOf: KeysOf,
): CheckedValues => {
  let attempts = 0;
  const records = candidatesOf(values).map((candidate): CheckedRecord => {
    const { parsed, ...found } = candidate;
    if (parsed === undefined) return { ...found, verdict: unchecked('FORMAT_NOT_VERIFIED') };
    const keys = keysOf(parsed.kind === 'record' ? parsed.record : undefined);
    if (attempts + keys.length > mostAttempts) {
      return { ...found, verdict: unchecked('NOT_CHECKED') };
    }
    attempts += keys.length;
    return { ...found, ...checkWithKeys(parsed, keys) };
  });
  const pair = pairIn(records);
  return {
    records,
    pair,
    ...(pair.kind === 'pair' && {
      verified: { start: meterEnd(pair.start, records), stop: meterEnd(pair.stop, records) },
    }),
  };
};

type Candidate = Omit<CheckedRecord, 'verdict' | 'key'> & {
  /** Undefined for formats that are not verified. */
  readonly parsed: ParsedOcmf | undefined;
};

type Gathered = { readonly found: SignedRecord; readonly contexts: ReadonlySet<string> };

/** Of one record that came with different keys the first by its text stays. */
const joined = (known: Gathered | undefined, found: SignedRecord, context: string | undefined) => {
  const contexts = new Set(known?.contexts);
  if (context !== undefined) contexts.add(context);
  const [publicKey] = [known?.found.publicKey, found.publicKey].flatMap((key) => key ?? []).sort();
  const { format, record } = found;
  return { found: { format, record, ...(publicKey !== undefined && { publicKey }) }, contexts };
};

const candidatesOf = (values: readonly DeliveredValue[]): readonly Candidate[] => {
  const once = new Map<string, Gathered>();
  for (const { value, context } of values) {
    for (const found of findSignedRecords(value)) {
      const name = `${found.format} ${found.record}`;
      once.set(name, joined(once.get(name), found, context));
    }
  }
  return [...once]
    .map(([name, gathered]) => ({ name, candidate: candidateOf(gathered) }))
    .sort(byWeightThenName)
    .map(({ candidate }) => candidate);
};

const candidateOf = ({ found, contexts }: Gathered): Candidate => {
  const parsed = found.format === 'ocmf' ? parseOcmf(receivedRecord(found.record)) : undefined;
  const readings = parsed?.kind === 'record' ? parsed.record.readings : [];
  return {
    ...found,
    contexts: [...contexts].sort(),
    isDecisive: readings.some(decides),
    parsed,
  };
};

const decides = (reading: OcmfReading): boolean =>
  reading.transaction === 'B' || reading.transaction === 'X' || isStop(reading);

type Named = { readonly name: string; readonly candidate: Candidate };

const byWeightThenName = (a: Named, b: Named): number => {
  if (a.candidate.isDecisive !== b.candidate.isDecisive) return a.candidate.isDecisive ? -1 : 1;
  return a.name < b.name ? -1 : 1;
};

/** The verdict on a record that was not checked. */
export const unchecked = (reason: keyof typeof uncheckedReasons): SignedVerdict => ({
  kind: 'unverified',
  reason,
  message: uncheckedReasons[reason],
  remarks: [],
});

/** A key that the record is valid by goes first, then one that speaks against it: one that says nothing takes nothing back. */
const checkWithKeys = (
  parsed: ParsedOcmf,
  keys: readonly KnownKey[],
): Pick<CheckedRecord, 'verdict' | 'key'> => {
  let worst: Pick<CheckedRecord, 'verdict' | 'key'> | undefined;
  for (const key of keys) {
    const verdict = verifyParsed(parsed, key);
    if (verdict.kind === 'valid') return { verdict, key };
    if (worst === undefined || (isUnverified(worst) && verdict.kind === 'invalid')) {
      worst = { verdict, key };
    }
  }
  return worst ?? { verdict: verifyParsed(parsed, undefined) };
};

const isUnverified = ({ verdict }: Pick<CheckedRecord, 'verdict'>): boolean =>
  verdict.kind === 'unverified';

/** Among unchecked records there may be another start or stop, which would contradict the pair. */
const pairIn = (records: readonly CheckedRecord[]): SignedPair => {
  if (records.some((record) => record.isDecisive && isLeftOut(record.verdict))) {
    return { kind: 'no-pair', problems: ['TOO_MANY_RECORDS'] };
  }
  const pair = signedPairOf(records.flatMap(({ verdict }) => validRecord(verdict)));
  if (pair.kind === 'no-pair') return pair;
  // Many records name no meter, and then only their keys distinguish them.
  const [start, stop] = [pair.start, pair.stop].map((end) => signerOf(end, records));
  return start === stop ? pair : { kind: 'no-pair', problems: ['METERS_DIFFER'] };
};

/** The point of the key that the record of an end is valid by, as far as every notation of it has the same. */
const signerOf = ({ record }: SignedEnd, records: readonly CheckedRecord[]): string | undefined => {
  const signed = records.find(({ verdict }) => validRecord(verdict).includes(record));
  if (signed?.key === undefined || signed.verdict.kind !== 'valid') return undefined;
  const { curve } = signed.verdict;
  const read = readPublicKey(signed.key.text, curve, signed.key.encoding);
  const across = 1 + curves[curve].bytes;
  return read.kind === 'key' ? bytesToHex(read.point.subarray(1, across)) : undefined;
};

const isLeftOut = (verdict: SignedVerdict): boolean =>
  verdict.kind === 'unverified' && verdict.reason === 'NOT_CHECKED';

const validRecord = (verdict: SignedVerdict): readonly OcmfRecord[] =>
  verdict.kind === 'valid' ? [verdict.record] : [];

/** With the record as it was delivered, so that whoever gets it can verify it. */
const meterEnd = (
  { register, at, record }: SignedEnd,
  records: readonly CheckedRecord[],
): MeterEnd => {
  const delivered = records.find(({ verdict }) => validRecord(verdict).includes(record));
  return { register, at, signed: delivered?.record ?? record.text };
};
