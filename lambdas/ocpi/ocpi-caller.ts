import type { Partner } from '../../core/ocpi/partner/partner.ts';
import type { RoamingServices } from '../roaming/roaming-services.ts';
import type { Database } from '../store/table/client.ts';

/** The context of a partner's request. */
export type OcpiCaller = {
  readonly database: Database;
  readonly services: RoamingServices;
  readonly partner: Partner;
  /** The token that it called with, plain. */
  readonly token: string;
  /** The kind of the token: of an invitation, or of a registration. */
  readonly as: 'invitation' | 'current' | 'next';
};
