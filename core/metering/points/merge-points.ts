import type { AnomalyCode } from '../model/anomaly-codes.ts';
import {
  compareSamples,
  type Points,
  type Sample,
  type Series,
  type StateOfCharge,
} from './points.ts';

/** Joins what two sets of readings say: commutative, associative and idempotent. */
export const mergePoints = (a: Points, b: Points): Points => {
  const stateOfCharge = latestStateOfCharge(a.stateOfCharge, b.stateOfCharge);
  return {
    series: mergeSeries(a.series, b.series),
    signed: new Map([...a.signed, ...b.signed]),
    sequence: new Set([...a.sequence, ...b.sequence]),
    ...(stateOfCharge !== undefined && { stateOfCharge }),
    notes: mergeNotes(a.notes, b.notes),
  };
};

/** Of two states of charge the later; at the same time the larger text, so that the order does not matter. */
export const latestStateOfCharge = (
  a: StateOfCharge | undefined,
  b: StateOfCharge | undefined,
): StateOfCharge | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return a.percent >= b.percent ? a : b;
};

/** Puts samples into their order, each once. */
export const orderedSamples = (samples: readonly Sample[]): readonly Sample[] =>
  samples.toSorted(compareSamples).filter((sample, index, all) => {
    const previous = all[index - 1];
    return previous === undefined || compareSamples(previous, sample) !== 0;
  });

const mergeSeries = (
  a: ReadonlyMap<string, Series>,
  b: ReadonlyMap<string, Series>,
): ReadonlyMap<string, Series> => {
  const merged = new Map(a);
  for (const [name, series] of b) {
    const known = merged.get(name);
    const samples = known && orderedSamples([...known.samples, ...series.samples]);
    merged.set(name, samples === undefined ? series : { key: series.key, samples });
  }
  return merged;
};

const mergeNotes = (
  a: ReadonlyMap<AnomalyCode, string>,
  b: ReadonlyMap<AnomalyCode, string>,
): ReadonlyMap<AnomalyCode, string> => {
  const merged = new Map(a);
  for (const [code, ref] of b) {
    const known = merged.get(code);
    merged.set(code, known === undefined || ref < known ? ref : known);
  }
  return merged;
};
