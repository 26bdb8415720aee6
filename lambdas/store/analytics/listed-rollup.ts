import type { Figures } from '../../../core/analytics/figures.ts';

/** The sums of a group in one currency. */
export type ListedRollup = {
  readonly group: string;
  readonly currency: string;
  readonly figures: Figures;
};
