import type { Grouping, RollupKey } from '../../../../core/analytics/rollup.ts';
import { spanOfDays } from '../../../../core/analytics/span-of-days.ts';
import type { Key } from './key.ts';

/** The sums of an operator's CDRs: days in one partition in their order, the days of a span in one item; all other groups in one for each month. */
export const rollupKey = (operatorId: string, { by, month, group, currency }: RollupKey): Key => ({
  pk: rollupsPk(operatorId, by, month),
  sk: `${by === 'day' ? spanOfDays(group) : group}#${currency}`,
});

/** Partition of the rollups of a grouping. */
export const rollupsPk = (operatorId: string, by: Grouping, month: string): string =>
  by === 'day' ? `ROLLUP#${operatorId}#day` : `ROLLUP#${operatorId}#${by}#${month}`;
