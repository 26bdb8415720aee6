import type { Metered } from '../../metering/model/metered.ts';
import { registerFromWh } from '../../metering/register/register-from-wh.ts';
import type { SignedEnd, SignedPair } from '../../ocmf/signed-pair-of.ts';
import type { PreviousSigned } from '../compute/cdr-basis.ts';

/** Why a verified start and stop are not those of the session that they came with, or cannot be shown to be. */
export const signedPairMismatchReasons = {
  TIMES_OUTSIDE: 'Their times do not lie in the session.',
  LASTS_LONGER: 'They lie further apart than the session lasts.',
  REGISTER_BEFORE_PREVIOUS: 'Their register is lower than at the end of a session before.',
  UNPLACED_AND_APART:
    'They have no synchronised time, and all else that was measured shows another energy.',
  UNPLACED_AND_BESIDE:
    'They have no synchronised time, and their registers lie beside those of the session.',
  SHOWS_NO_ENERGY: 'They show no energy, and all else that was measured does.',
} as const;

/** The code of such a reason. */
export type SignedPairMismatch = keyof typeof signedPairMismatchReasons;

/** A start and stop that make a pair. */
export type FoundPair = Extract<SignedPair, { readonly kind: 'pair' }>;

/** The meter that signed a pair, and the key by which that was verified. */
export type SigningMeter = Pick<PreviousSigned, 'meterSerial' | 'meterKeyId'>;

type Window = Pick<Metered, 'startedAt' | 'endedAt'>;

/** How far the clocks of meter and charger may be apart, in ms: 5 minutes. */
const tolerance = 5n * 60_000n;

/**
 * Guards against records that are genuine, but of another session. Only a synchronised time is held against the
 * session's; of a relative one the length; and a register never goes back, whatever the clocks say.
 */
export const signedPairMismatches = (
  pair: FoundPair,
  window: Window,
  meter: SigningMeter,
  previous: PreviousSigned | undefined,
): readonly SignedPairMismatch[] => [
  ...(timedEnds(pair).every((end) => isWithin(end, window)) ? [] : (['TIMES_OUTSIDE'] as const)),
  ...(lastsLonger(pair, window) ? (['LASTS_LONGER'] as const) : []),
  ...(isBefore(pair, meter, previous) ? (['REGISTER_BEFORE_PREVIOUS'] as const) : []),
];

/** The ends of a pair that have a synchronised time. A relative one counts from the start, so it is as good as that. */
export const timedEnds = ({ start, stop }: FoundPair): readonly SignedEnd[] => {
  const isStartTimed = start.reading.timeStatus === 'S';
  const isStopTimed =
    stop.reading.timeStatus === 'S' || (isStartTimed && stop.reading.timeStatus === 'R');
  return [...(isStartTimed ? [start] : []), ...(isStopTimed ? [stop] : [])];
};

const isWithin = ({ at }: SignedEnd, { startedAt, endedAt }: Window): boolean =>
  at >= startedAt - tolerance && at <= endedAt + tolerance;

const lastsLonger = ({ start, stop, time }: FoundPair, { startedAt, endedAt }: Window): boolean =>
  time !== 'none' && stop.at - start.at > endedAt - startedAt + tolerance;

const isBefore = (
  { start }: FoundPair,
  { meterSerial, meterKeyId }: SigningMeter,
  previous: PreviousSigned | undefined,
): boolean => {
  if (previous?.meterSerial !== meterSerial || previous.meterKeyId !== meterKeyId) return false;
  const register = registerFromWh(previous.wh);
  return register !== undefined && start.register < register;
};
