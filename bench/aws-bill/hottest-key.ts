import type { Usage } from '../../runner/runner-interfaces.ts';

/** The partition key that took most of the write units, and which share of them, 0 to 1. */
export type HottestKey = { readonly key: string; readonly share: number };

/** Finds the hottest partition key of tables and indexes; share 0 when nothing was written. */
export function hottestKey(usages: readonly Usage[]): HottestKey {
  const units = new Map<string, number>();
  let total = 0;
  for (const { key, units: used } of usages) {
    const write = used['write'] ?? 0;
    total += write;
    if (key !== undefined) {
      units.set(key, (units.get(key) ?? 0) + write);
    }
  }
  let hottest: HottestKey = { key: '', share: 0 };
  for (const [key, written] of units) {
    if (written / total > hottest.share) {
      hottest = { key, share: written / total };
    }
  }
  return hottest;
}
