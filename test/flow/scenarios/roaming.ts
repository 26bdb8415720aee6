import { describe, expect, it } from 'vitest';
import type { Flow } from '../flow.ts';

type Partner = {
  readonly partnerId: string;
  readonly state: string;
  readonly version: string | null;
  readonly tokenA: string | null;
  readonly versionsUrl: string;
  readonly registration: {
    readonly version: string;
    readonly parties: readonly { readonly partyId: string; readonly role: string | null }[];
    readonly endpoints: readonly { readonly identifier: string; readonly url: string }[];
  } | null;
};

const versions = ['2.1.1', '2.2.1', '2.3.0'] as const;

/** Two operators of this deployment as roaming partners of each other, over real HTTP. */
export const roamingScenarios = (flow: () => Flow): void => {
  /** An operator that is a party of OCPI in one role. */
  const haveParty = async (partyId: string, role: 'CPO' | 'EMSP') => {
    const operator = await flow().newOperator(partyId);
    const settings = { countryCode: 'DE', partyId, businessName: `Company ${partyId}` };
    const set = await operator.put('/settings/ocpi', { ...settings, roles: [role] });
    expect(set.status).toBe(200);
    return operator;
  };
  /** A CPO and an eMSP that are registered with each other. */
  const havePartners = async (version: (typeof versions)[number]) => {
    const cpo = await haveParty('CPO', 'CPO');
    const emsp = await haveParty('MSP', 'EMSP');
    const wanted = { versions: [version] };
    const invited = await cpo.post<Partner>('/partners', {
      ...{ name: 'Drivers', roles: ['CPO'] },
      ...wanted,
    });
    expect(invited.body).toMatchObject({ state: 'invited', version: null });
    const { versionsUrl, tokenA } = invited.body;
    const registered = await emsp.post<Partner>('/partners', {
      ...{ name: 'Chargers', roles: ['EMSP'] },
      ...wanted,
      ...{ versionsUrl, tokenA },
    });
    expect([registered.status, registered.body]).toMatchObject([
      201,
      { state: 'registered', version },
    ]);
    const atCpo = `/partners/${invited.body.partnerId}`;
    const atEmsp = `/partners/${registered.body.partnerId}`;
    return { cpo, emsp, atCpo, atEmsp, tokenA: String(tokenA), versionsUrl };
  };

  describe('roaming partners', () => {
    it.each(versions)(
      'two operators register with each other in OCPI %s, replace their tokens from both sides, and part',
      async (version) => {
        const { cpo, emsp, atCpo, atEmsp, tokenA, versionsUrl } = await havePartners(version);
        const seen = await cpo.get<Partner>(atCpo);
        expect(seen.body).toMatchObject({ state: 'registered', version });
        expect(seen.body.registration?.parties.map(({ partyId }) => partyId)).toEqual(['MSP']);
        expect(seen.body.registration?.endpoints[0]?.identifier).toBe('credentials');

        expect((await emsp.post(`${atEmsp}/rotate`, {})).status).toBe(200);
        expect((await cpo.post(`${atCpo}/rotate`, {})).status).toBe(200);
        expect((await emsp.post(`${atEmsp}/rotate`, {})).status).toBe(200);
        const withTokenA = await fetch(versionsUrl, {
          headers: { authorization: `Token ${Buffer.from(tokenA).toString('base64')}` },
        });
        expect(withTokenA.status).toBe(401);

        await cpo.post(`${atCpo}/suspend`, {});
        const refused = await emsp.post<{ code: string }>(`${atEmsp}/rotate`, {});
        expect(refused.body.code).toBe('PARTNER_HANDSHAKE_FAILED');
        expect((await cpo.post<Partner>(`${atCpo}/resume`, {})).body.state).toBe('registered');

        expect((await emsp.remove(atEmsp)).status).toBe(204);
        expect((await cpo.get<Partner>(atCpo)).body.state).toBe('unregistered');
      },
    );
  });
};
