import type { OurRole } from '../partner/our-party.ts';

/** The modules that are pushed to partners: the tokens of our drivers as eMSP, everything else as CPO. */
export const pushedModules = [
  'locations',
  'tariffs',
  'sessions',
  'cdrs',
  'chargingprofiles',
  'tokens',
  'invoicereconciliation',
] as const;

/** A module that is pushed to partners. */
export type PushedModule = (typeof pushedModules)[number];

/** The role in which we push a module. */
export const roleOfPushed = (module: PushedModule): OurRole =>
  module === 'tokens' ? 'EMSP' : 'CPO';

/** The role in which a partner takes a module. */
export const partnersRole = (module: PushedModule): OurRole =>
  roleOfPushed(module) === 'CPO' ? 'EMSP' : 'CPO';
