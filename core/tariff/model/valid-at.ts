import { type Instant, isoInstant } from '../../units/instant.ts';
import type { Tariff } from './tariff.ts';

/** Says whether a moment lies in the time for which a tariff is stated to be valid, its end exclusive. */
export const validAt = (
  { validFrom, validUntil }: Pick<Tariff, 'validFrom' | 'validUntil'>,
  at: Instant,
): 'valid' | 'not-yet' | 'no-longer' => {
  const moment = isoInstant(at);
  if (validFrom !== undefined && moment < validFrom) return 'not-yet';
  return validUntil !== undefined && moment >= validUntil ? 'no-longer' : 'valid';
};
