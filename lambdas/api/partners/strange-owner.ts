import type { Party } from '../../../core/ocpi/model/party.ts';
import type { OurRole } from '../../../core/ocpi/partner/our-party.ts';
import type { Caller } from '../api-route.ts';

/** The mistake in the party that a location or a token is to be of: one that the operator is not in the role. Most name none. */
export async function strangeOwner(caller: Caller, party: Party | null | undefined, role: OurRole) {
  if (party == null) return undefined;
  const { strangeParty } = await import('./bound-parties.ts');
  return await strangeParty(caller, 'body.party', [party], role);
}
