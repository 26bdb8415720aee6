import type { ConnectorRef } from '../../charger/connector-ref.ts';
import { chargingTime } from '../../metering/energy/charging-time.ts';
import { isBeyondLosses } from '../../metering/energy/is-more.ts';
import { shownWh } from '../../metering/energy/shown-wh.ts';
import type { Anomaly } from '../../metering/model/anomaly.ts';
import { anomalyOf } from '../../metering/model/anomaly-codes.ts';
import type { EnergyCandidate, Metered } from '../../metering/model/metered.ts';
import type { MeteringFacts } from '../../metering/model/metering-facts.ts';
import type { MeterReading } from '../../metering/model/reading.ts';
import type { CheckedRecord, CheckedValues } from '../../ocmf/check-signed-values.ts';
import { meterSerialOf } from '../../ocmf/meter-serial.ts';
import type { OcmfReading } from '../../ocmf/ocmf-record.ts';
import {
  isStop,
  type PairProblem,
  type PairTime,
  pairProblems,
  type SignedEnd,
  signedPairOf,
} from '../../ocmf/signed-pair-of.ts';
import { beginningOf } from '../../units/beginning-of.ts';
import { formatDecimal } from '../../units/decimal.ts';
import type { CdrBasis, PreviousSigned } from '../compute/cdr-basis.ts';
import { checkMeterValues, signedValuesIn } from '../verify/check-meter-values.ts';
import { signedPairDoubts } from './doubtful-signed-pair.ts';
import {
  type FoundPair,
  type SignedPairMismatch,
  type SigningMeter,
  signedPairMismatches,
  signedPairMismatchReasons,
} from './foreign-signed-pair.ts';
import { isSilent } from './is-silent.ts';
import { longestSerial, type SignedEvidence, signedEvidence } from './signed-evidence.ts';

/** The findings about the signed values of a session. */
export type SignedFindings = {
  /** The signed start and stop to bill by: genuine, and of this session. */
  readonly verified?: NonNullable<MeteringFacts['verified']>;
  /** Register of the meter at the stop, for later sessions; only with a verified pair. */
  readonly stop?: Omit<PreviousSigned, 'sessionId'>;
  /** The use their times allow; only with a verified pair. */
  readonly time?: PairTime;
  /** The charger's signed texts of start and stop where they are not verified, or give no pair. */
  readonly texts: { readonly start: string | undefined; readonly stop: string | undefined };
  readonly anomalies: readonly Anomaly[];
  /** The energy by signed values of this session that nobody could verify, or by verified ones that may be of another session. */
  readonly unbilled?: EnergyCandidate;
  readonly evidence: SignedEvidence;
};

/**
 * Checks the signed values of a connector's session. `unsigned` is what the session amounts to without them: a genuine
 * pair that does not lie in it is another session's and counts for nothing. Undefined when there are no signed values.
 */
export const signedFindings = (
  readings: readonly MeterReading[],
  connector: ConnectorRef,
  basis: CdrBasis,
  unsigned: Metered,
): SignedFindings | undefined => {
  const values = signedValuesIn(readings);
  const checked = checkMeterValues(values, basis.meterKeys ?? [], connector);
  const { records, pair } = checked;
  if (records.length === 0) return undefined;
  const foreign =
    pair.kind === 'pair'
      ? signedPairMismatches(pair, unsigned, meterOf(pair, records), basis.previousSigned)
      : [];
  const isOwn = pair.kind === 'pair' && foreign.length === 0;
  const doubts = isOwn ? signedPairDoubts(pair, unsigned) : [];
  const stray = [...foreign, ...doubts];
  const unverified = unverifiedPair(checked, unsigned);
  const unbilled =
    isOwn && doubts.length > 0 ? doubtfulOf(pair) : unverified && candidateOf(unverified);
  return {
    ...(stray.length === 0 && billableOf(checked)),
    ...(unbilled !== undefined && { unbilled }),
    texts: textsOf(records),
    anomalies: [
      ...anomaliesOf(checked, stray),
      ...contradicted(unverified, unsigned),
      ...(pair.kind === 'no-pair' && unverified === undefined ? unread(unsigned) : []),
    ],
    evidence: signedEvidence(records, pair, stray),
  };
};

/** The findings added by a pair that belongs to its session; none without a pair. */
const billableOf = ({ records, pair, verified }: CheckedValues) =>
  pair.kind === 'pair' &&
  verified !== undefined && {
    verified,
    time: pair.time,
    stop: stopOf(pair.stop, meterOf(pair, records)),
  };

/** Start and stop are of one meter; each has its key, and that of the start decides. */
const meterOf = (
  { start: { record } }: FoundPair,
  records: readonly CheckedRecord[],
): SigningMeter => {
  const found = records.find(({ verdict }) => verdict.record === record);
  return {
    meterSerial: beginningOf(meterSerialOf(record), longestSerial),
    meterKeyId: found?.key?.meterKeyId ?? '',
  };
};

const stopOf = (
  { register }: SignedEnd,
  meter: SigningMeter,
): NonNullable<SignedFindings['stop']> => ({
  ...meter,
  wh: Number(formatDecimal(register, 3)),
});

const anomaliesOf = (
  { records, pair }: CheckedValues,
  stray: readonly SignedPairMismatch[],
): readonly Anomaly[] => {
  const forged = records.filter(speaksAgainst);
  const others = records.filter((record) => !speaksAgainst(record));
  const isAnyValid = records.some(({ verdict }) => verdict.kind === 'valid');
  const problems = pair.kind === 'no-pair' && isAnyValid ? pair.problems : [];
  const faults = problems.filter((problem) => meterFaults.includes(problem));
  return [
    ...noted('SIGNED_INVALID', forged.flatMap(messageOf)),
    ...noted('SIGNED_UNVERIFIED', others.flatMap(messageOf)),
    ...noted('SIGNED_NO_PAIR', problems.map(messageOfProblem)),
    ...noted('SIGNED_METER_FAULT', faults.map(messageOfProblem)),
    ...noted(
      'SIGNED_OUTSIDE_SESSION',
      stray.map((reason) => signedPairMismatchReasons[reason]),
    ),
  ];
};

/** The start and stop that signed values show which nobody could verify. Those of another session say nothing. */
const unverifiedPair = (
  { records, pair: verified }: CheckedValues,
  unsigned: Metered,
): FoundPair | undefined => {
  const read = records.flatMap((record) =>
    speaksAgainst(record) ? [] : (record.verdict.record ?? []),
  );
  const pair = signedPairOf(read);
  if (verified.kind === 'pair' || pair.kind === 'no-pair') return undefined;
  const unknown = { meterSerial: '', meterKeyId: '' };
  return signedPairMismatches(pair, unsigned, unknown, undefined).length > 0 ? undefined : pair;
};

const candidateOf = ({ start, stop, energy }: FoundPair): EnergyCandidate => ({
  by: 'unverified-signed-values',
  energy,
  reason: `Signed values that could not be verified show ${shownWh(start.register)} at the start and ${shownWh(stop.register)} at the stop.`,
});

const doubtfulOf = ({ start, stop, energy }: FoundPair): EnergyCandidate => ({
  by: 'signed-values',
  energy,
  reason: `The verified signed values show ${shownWh(start.register)} at the start and ${shownWh(stop.register)} at the stop, but may be those of another session.`,
});

/** Holds energy that unverified signed values contradict: they cannot be billed by, but they are of the same meter. */
const contradicted = (pair: FoundPair | undefined, unsigned: Metered): readonly Anomaly[] => {
  if (pair === undefined) return [];
  const { energy } = pair;
  const areApart =
    isBeyondLosses(energy, unsigned.energy) || isBeyondLosses(unsigned.energy, energy);
  const detail = `Signed values that could not be verified show ${formatDecimal(energy, 6)} kWh.`;
  return noted('ENERGY_CONTRADICTED', areApart ? [detail] : []);
};

/** So long, in ms, a vehicle charges that draws what must be billed: a minute. */
const long = 60_000n;

/** Holds a session whose vehicle charged, and of which nothing tells but signed values that cannot be read. */
const unread = (unsigned: Metered): readonly Anomaly[] => {
  const { activities, startedAt: from, endedAt } = unsigned;
  const charged = chargingTime(activities, { from, to: endedAt, endedAt });
  const detail = 'Its registers are 0 throughout, and its signed values give no start and stop.';
  return noted('NO_METER_DATA', isSilent(unsigned) && charged >= long ? [detail] : []);
};

/** An invalid record is not a forgery where nobody ever said by which key it would be valid. */
const speaksAgainst = ({ verdict, key }: CheckedRecord): boolean =>
  verdict.kind === 'invalid' && key !== undefined;

/** The meter itself says that what it measured cannot be billed, so nothing else may replace it. */
const meterFaults: readonly PairProblem[] = [
  'STATUS_NOT_GOOD',
  'ENERGY_ERROR',
  'EXCEPTION_DURING_CHARGING',
  'ENERGY_DECREASES',
];

const messageOf = ({ verdict }: CheckedRecord): readonly string[] =>
  verdict.kind === 'valid' ? [] : [verdict.message];

const messageOfProblem = (problem: PairProblem): string => pairProblems[problem];

const noted = (
  code: Parameters<typeof anomalyOf>[0],
  details: readonly string[],
): readonly Anomaly[] =>
  details.length === 0
    ? []
    : [anomalyOf(code, undefined, [...new Set(details)].toSorted().join(' '))];

const textsOf = (records: readonly CheckedRecord[]): SignedFindings['texts'] => ({
  start: soleText(records, ({ transaction }) => transaction === 'B'),
  stop: soleText(records, isStop),
});

/** The one record with a reading of an occasion; none where several claim it. */
const soleText = (
  records: readonly CheckedRecord[],
  isWanted: (reading: OcmfReading) => boolean,
): string | undefined => {
  const [sole, ...others] = records.filter(({ verdict }) =>
    verdict.record?.readings.some(isWanted),
  );
  return others.length === 0 ? sole?.record : undefined;
};
