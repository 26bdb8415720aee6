import type { CdrBasis } from '../compute/cdr-basis.ts';
import type { ComputedCdr } from '../compute/cdr-from-readings.ts';
import { type LimitSettings, limitsThatMatter } from '../compute/session-limits.ts';

/** A CDR by the limits of the operator, where it was not sealed by any before. `currency` is that of its tariff. */
export const withinLimits = (
  basis: CdrBasis,
  settings: LimitSettings,
  currency: string | undefined,
  compute: (basis: CdrBasis) => ComputedCdr,
): ComputedCdr => {
  const usual = compute(basis);
  if (basis.limits !== undefined) return usual;
  const limits = limitsThatMatter(usual, settings, currency);
  return limits === undefined ? usual : compute({ ...basis, limits });
};
