import type { OurRole } from '../partner/our-party.ts';
import type { Partner } from '../partner/partner.ts';
import { playsRole } from '../partner/plays-role.ts';
import type { PulledModule } from './pull-progress.ts';

/** The role in which we pull a module: what CPOs have as eMSP, and the tokens of eMSPs' drivers as CPO. */
export const pullingRole = (module: PulledModule): OurRole =>
  module === 'tokens' ? 'CPO' : 'EMSP';

/** The role of a partner whose objects of a module we pull. */
export const pulledRole = (module: PulledModule): OurRole =>
  pullingRole(module) === 'CPO' ? 'EMSP' : 'CPO';

/** Says whether we pull a module from a partner at all: in a role that we play there; which parties are connected, in any. */
export const isPulledFrom = (
  partner: Pick<Partner, 'ourRoles' | 'registration'>,
  module: PulledModule,
): boolean => module === 'hubclientinfo' || playsRole(partner, pullingRole(module));
