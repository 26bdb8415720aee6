import type { OurRole } from './our-party.ts';
import type { Partner } from './partner.ts';

/** Says whether we play a role on a connection: in 2.1.1, whose endpoints name none, it has one role, the first. */
export const playsRole = (
  { ourRoles, registration }: Pick<Partner, 'ourRoles' | 'registration'>,
  role: OurRole,
): boolean => (registration?.version === '2.1.1' ? ourRoles.slice(0, 1) : ourRoles).includes(role);
