import { askApi, listApi } from '../../../clients/operator-api.ts';
import type { StackAccess } from '../../../clients/stack-access.ts';

type Known = { readonly partnerId: string; readonly ofDeployment: boolean };

const ocpiSettings = '/settings/ocpi';

/** A role of an operator of the demo towards the other one. */
export type DemoParty = {
  readonly partyId: string;
  readonly businessName: string;
  readonly role: 'CPO' | 'EMSP';
};

/**
 * Makes an operator a party of OCPI, unless it is one, and reachable for the others of its deployment. Gives the id of the partner
 * by which it reaches them.
 */
export async function haveParty(
  access: StackAccess,
  { partyId, businessName, role }: DemoParty,
): Promise<string> {
  const settings = await askApi<{ readonly parties: readonly unknown[] }>(
    access,
    'GET',
    ocpiSettings,
  );
  if (settings.parties.length === 0) {
    const party = { countryCode: 'DE', partyId, businessName, roles: [role] };
    await askApi(access, 'PUT', ocpiSettings, party);
  }
  const partners = await Array.fromAsync(listApi<Known>(access, '/partners'));
  const known = partners.find(({ ofDeployment }) => ofDeployment);
  const form = { name: 'Operators next door', ofDeployment: true, roles: [role] };
  return (known ?? (await askApi<Known>(access, 'POST', '/partners', form))).partnerId;
}
