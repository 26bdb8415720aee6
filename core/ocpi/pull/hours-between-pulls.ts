import type { Partner } from '../partner/partner.ts';

/** Hours between two pulls unless stated. */
export const usualHoursBetweenPulls = 24;

/**
 * The hours between two pulls from a partner; undefined where nothing is pulled by itself: the partner is not registered or is
 * suspended, or the operator does not want it.
 */
export function hoursBetweenPulls(partner: Partner): number | undefined {
  const { registration, suspendedAt, pullEveryHours = usualHoursBetweenPulls } = partner;
  const isPulled = registration !== undefined && suspendedAt === undefined;
  return isPulled && pullEveryHours > 0 ? pullEveryHours : undefined;
}
