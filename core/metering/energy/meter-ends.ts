import { ascending } from '../../units/ascending.ts';
import { milliWattHours } from '../../units/energy.ts';
import { instant } from '../../units/instant.ts';
import type { MeterEnd, Metered } from '../model/metered.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import type { Points, SignedPoint } from '../points/points.ts';
import type { RegisterPoint } from '../register/count-register-energy.ts';
import type { RegisterTimeline } from '../register/register-timeline.ts';
import type { CountedEnergy } from './count-energy.ts';
import type { SessionView } from './session-view.ts';

/** Less energy than this, in mWh, contradicts no register: 100 Wh. */
const comparable = 100_000n;

/**
 * The meter at both ends of a session: the first and last register, with the signed record of each where there is one.
 * Where start and stop message show next to nothing of what the readings between them show, those give the register.
 */
export const meterEnds = (
  { line, window }: SessionView,
  points: Points,
  { verified }: MeteringFacts,
  { quality, energy }: CountedEnergy,
): Pick<Metered, 'meterStart' | 'meterStop'> => {
  if (verified !== undefined) return { meterStart: verified.start, meterStop: verified.stop };
  const [start, stop] = endsOf(line, quality === 'register' ? energy : 0n);
  return {
    ...(start && { meterStart: meterEnd(start, signedRecord(points, 'begin')) }),
    ...(stop && window.stopped && { meterStop: meterEnd(stop, signedRecord(points, 'end')) }),
  };
};

const endsOf = (
  line: RegisterTimeline,
  energy: bigint,
): readonly [RegisterPoint | undefined, RegisterPoint | undefined] => {
  const { start, stop, points } = line;
  const between = points.filter((point) => point !== start && point !== stop);
  const shown = start && stop && stop.value - start.value;
  const isContradicted =
    shown !== undefined && shown >= 0n && energy >= comparable && energy > shown * 10n;
  return isContradicted && between.length > 1
    ? [between[0], between.at(-1)]
    : [start ?? points[0], stop ?? points.at(-1)];
};

const meterEnd = (
  { at, value }: { readonly at: bigint; readonly value: bigint },
  signed: string | undefined,
): MeterEnd => ({
  register: milliWattHours(value),
  at: instant(at),
  ...(signed !== undefined && { signed }),
});

const signedRecord = (points: Points, occasion: 'begin' | 'end'): string | undefined => {
  const records = [...points.signed.values()]
    .filter((point) => point.occasion === occasion)
    .sort(compareSigned);
  return (occasion === 'begin' ? records[0] : records.at(-1))?.raw;
};

const compareSigned = (a: SignedPoint, b: SignedPoint): number =>
  ascending(a.at, b.at) || (a.raw < b.raw ? -1 : 1);
