import { atMost, type Row } from '../report/row.ts';

/** The cost of messages in a fleet of a given size, and where they were written. */
export type FleetSample = {
  readonly chargers: number;
  /** US dollars. */
  readonly costPerMessage: number;
  /** Of all write units, 0 to 1. */
  readonly hottestShare: number;
  readonly hottestKey: string;
};

/** The budgets of growth: the smallest fleet is what the larger ones are held against. */
export function growthRows(samples: readonly FleetSample[]): readonly Row[] {
  const [smallest, ...larger] = samples;
  if (smallest === undefined || larger.length === 0) {
    throw new Error('Growth takes fleets of at least two sizes.');
  }
  const worst = Math.max(
    ...larger.map(({ costPerMessage }) => Math.abs(costPerMessage / smallest.costPerMessage - 1)),
  );
  const hottest = Math.max(...larger.map(({ hottestShare }) => hottestShare));
  const sizes = samples.map(({ chargers }) => chargers.toLocaleString('en')).join(', ');
  const each = (text: (sample: FleetSample) => string): string => samples.map(text).join(', ');
  return [
    atMost(`Cost per message at ${sizes} chargers: difference`, 5, worst * 100, {
      unit: '%',
      note: `${each(({ costPerMessage }) => (costPerMessage * 1e6).toFixed(3))} USD per million`,
    }),
    atMost(
      "Hottest key's share of writes does not grow",
      smallest.hottestShare * 100,
      hottest * 100,
      {
        unit: '%',
        note: each(({ hottestShare }) => (hottestShare * 100).toFixed(2)),
      },
    ),
  ];
}

/** Places in a fleet, spread evenly over it. */
export const spreadOver = (size: number, places: number): readonly number[] =>
  Array.from({ length: places }, (_, place) => Math.floor(((place + 0.5) * size) / places));
