import type { Party } from '../../../core/ocpi/model/party.ts';
import { sameParty } from '../../../core/ocpi/model/same-party.ts';
import type { OurRole } from '../../../core/ocpi/partner/our-party.ts';
import { partiesAs } from '../../../core/ocpi/partner/party-for.ts';
import { refused } from '../../http/answer.ts';
import { readOurParties } from '../../store/partners/ocpi-settings.ts';
import type { Caller } from '../api-route.ts';

/** The parties of ours that a partner is connected to as they are kept: none named are all. */
export const boundTo = (parties: readonly Party[]): readonly Party[] | undefined =>
  parties.length === 0 ? undefined : parties;

/** The mistake in parties that a body names at a path: one that the operator is not, in the role where it is stated. Nothing is read where it names none. */
export async function strangeParty(
  { database, operatorId }: Pick<Caller, 'database' | 'operatorId'>,
  path: string,
  named: readonly Party[] = [],
  role?: OurRole,
) {
  if (named.length === 0) return undefined;
  const parties = await readOurParties(database, operatorId);
  const ours = role === undefined ? parties : partiesAs(parties, role);
  const strange = named.find((party) => !ours.some((one) => sameParty(one, party)));
  if (strange === undefined) return undefined;
  const { countryCode, partyId } = strange;
  const as = role === undefined ? '' : ` as ${role}`;
  const message = `The operator is not ${countryCode} ${partyId}${as}: PUT /settings/ocpi sets its parties.`;
  return refused('INVALID_REQUEST', [{ path, message }]);
}
