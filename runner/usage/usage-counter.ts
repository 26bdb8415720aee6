import type { Count, Usage } from '../runner-interfaces.ts';

/** Usages added up by service, operation, caller and key. */
export type UsageCounter = {
  readonly count: Count;
  /** The usage counted since the last reset. */
  readonly usages: () => readonly Usage[];
  readonly reset: () => void;
};

type Total = { usage: Usage; units: Record<string, number> };

/** A counter for the bench; everything that AWS would bill is passed to its `count`. */
export function createUsageCounter(): UsageCounter {
  const totals = new Map<string, Total>();
  return {
    count: (usage) => {
      const { service, operation, caller = '', key = '' } = usage;
      const name = `${service} ${operation} ${caller} ${key}`;
      const total = totals.get(name);
      if (total === undefined) {
        totals.set(name, { usage, units: { ...usage.units } });
        return;
      }
      for (const [unit, amount] of Object.entries(usage.units)) {
        total.units[unit] = (total.units[unit] ?? 0) + amount;
      }
    },
    usages: () =>
      [...totals.values()].map(({ usage, units }) => ({ ...usage, units: { ...units } })),
    reset: () => totals.clear(),
  };
}
