import { ascending } from '../../units/ascending.ts';
import { milliWattHours } from '../../units/energy.ts';
import { instant } from '../../units/instant.ts';
import type { MeterEnd, Metered } from '../model/metered.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import type { Points, SignedPoint } from '../points/points.ts';
import type { SessionView } from './session-view.ts';

/** The meter at both ends of a session: the first and last register, with the signed record of each where there is one. */
export const meterEnds = (
  { line, window }: SessionView,
  points: Points,
  { verified }: MeteringFacts,
): Pick<Metered, 'meterStart' | 'meterStop'> => {
  if (verified !== undefined) return { meterStart: verified.start, meterStop: verified.stop };
  const start = line.start ?? line.points[0];
  const stop = line.stop ?? line.points.at(-1);
  return {
    ...(start && { meterStart: meterEnd(start, signedRecord(points, 'begin')) }),
    ...(stop && window.stopped && { meterStop: meterEnd(stop, signedRecord(points, 'end')) }),
  };
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
