import type { Partner } from '../partner/partner.ts';

/** Hours between two pulls unless stated. */
export const usualHoursBetweenPulls = 24;

/** Whether we are the eMSP of a connection: in 2.1.1 it has one role, the first. */
const areEmsp = ({ ourRoles, registration }: Partner): boolean =>
  (registration?.version === '2.1.1' ? ourRoles.slice(0, 1) : ourRoles).includes('EMSP');

/**
 * The hours between two pulls from a partner; undefined where nothing is pulled by itself: the partner is not registered or is
 * suspended, we are not its eMSP, or the operator does not want it.
 */
export function hoursBetweenPulls(partner: Partner): number | undefined {
  const { registration, suspendedAt, pullEveryHours = usualHoursBetweenPulls } = partner;
  const isPulled = registration !== undefined && suspendedAt === undefined && areEmsp(partner);
  return isPulled && pullEveryHours > 0 ? pullEveryHours : undefined;
}
