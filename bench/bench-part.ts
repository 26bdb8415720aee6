/** The parts of the bench, in the order in which they are measured. */
export const benchParts = [
  'pricing',
  'start-up',
  'patience',
  'throughput',
  'cost',
  'commands',
  'growth',
  'roaming',
  'calls',
  'events',
] as const;

/** A part of the bench that can be measured by itself. */
export type BenchPart = (typeof benchParts)[number];

/** Reads which parts are asked for: `cost,growth`; all of them unless any is named. Throws a sentence for an unknown one. */
export function benchPartsFrom(only: string | undefined): readonly BenchPart[] {
  if (only === undefined) return benchParts;
  return only.split(',').map((name) => {
    const part = benchParts.find((each) => each === name);
    if (part === undefined) {
      throw new Error(`--only: ${name} is no part of the bench; they are ${benchParts.join(', ')}`);
    }
    return part;
  });
}
