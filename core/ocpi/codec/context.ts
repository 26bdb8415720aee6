import type { PartnerLocation } from '../model/location.ts';
import type { Party } from '../model/party.ts';
import type { CdrToken } from '../model/shared.ts';

/** Facts from outside a document that its translation needs. */
export type Context = {
  /** Whose object it is, where the version does not say so (2.1.1): by its URL, or by the connection it came over. */
  readonly owner: Party;
  /** 2.1.1: the location that a session or CDR embeds, as saved at its start. */
  readonly location?: PartnerLocation;
  /** 2.1.1: whose tokens they are that sessions and CDRs name by `auth_id`; the owner unless given. */
  readonly emsp?: Party;
  /** 2.1.1: finds the token of an `auth_id`. */
  readonly tokenOf?: (authId: string) => CdrToken | undefined;
  /** 2.1.1: true where the partner agreed to credits as CDRs with a negative total. */
  readonly negativeCredits?: boolean;
  /** True where the reader is the one who sent the object: what its version has no word for, or no room, is written as it came. */
  readonly isEcho?: boolean;
};
