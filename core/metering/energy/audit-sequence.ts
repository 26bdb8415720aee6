import { sequenceRuns } from '../points/sequence-runs.ts';

const gapText = (from: number, to: number): string =>
  from === to ? `${from}` : `${from} to ${to}`;

/**
 * Says which messages of a session never arrived, one sentence; undefined where none is missing. Any run that counts up by one is
 * whole, wherever it begins: OCPP 2.0.1 does not say whether a charger starts at 0 for each transaction.
 */
export const missingMessages = (sequence: ReadonlySet<number>): string | undefined => {
  const runs = sequenceRuns(sequence);
  const gaps = runs.slice(1).map(({ first }, index) => {
    const last = runs[index]?.last ?? first;
    return gapText(last + 1, first - 1);
  });
  return gaps.length === 0 ? undefined : `Missing: ${gaps.join(', ')}.`;
};
