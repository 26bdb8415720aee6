import { describe, expect, it, onTestFinished } from 'vitest';
import { goldenDocument } from '../../lambdas/ocpi/golden-document.ts';
import { connect, eventually, type Flow, registerCharger, registerTariff } from '../flow.ts';
import { startOcpiPartner } from '../ocpi-partner.ts';
import type { RunningFlow } from '../start-flow.ts';

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
export const roamingScenarios = (flow: () => RunningFlow): void => {
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

  /** A published location of one charger that has all facts that partners need. */
  const addLocation = async (own: Flow, tariffId: string) => {
    const place = { name: 'Yard', address: 'Main Street 1', city: 'Porto', country: 'PRT' };
    const made = await own.operator.post<{ locationId: string }>('/locations', {
      ...place,
      coordinates: { latitude: '41.14961', longitude: '-8.61099' },
      ...{ timeZone: 'Europe/Lisbon', publish: true },
    });
    const { locationId } = made.body;
    const facts = { standard: 'IEC_62196_T2', format: 'SOCKET', powerType: 'AC_3_PHASE' };
    const connectors = [{ connectorId: 1, ...facts, maxVoltage: 230, maxAmperage: 32 }];
    const evses = [{ evseId: 1, connectors }];
    const charger = await registerCharger(own, { tariffId, locationId, connectors: 1, evses });
    return { locationId, charger };
  };
  /** A partner of an operator, registered with it. */
  const addPartner = async ({ operator }: Flow, version: (typeof versions)[number]) => {
    // The double is gone before others are pulled by the schedule.
    const form = { name: 'Drivers', roles: ['CPO'], versions: [version], pullEveryHours: null };
    const invited = await operator.post<Partner>('/partners', form);
    const partner = await startOcpiPartner(version, 'EMS', 'EMSP');
    onTestFinished(partner.stop);
    await partner.register(invited.body.versionsUrl, String(invited.body.tokenA));
    return { partner, partnerId: invited.body.partnerId };
  };
  /** A CPO with one location, and a partner that is registered with it. */
  const haveLocation = async (version: (typeof versions)[number]) => {
    const operator = await haveParty('CPO', 'CPO');
    const own = { ...flow(), operator };
    const tariffId = await registerTariff(own, { perKwh: '0.50', vatPercent: '19' });
    const added = await addLocation(own, tariffId);
    return { own, tariffId, ...added, ...(await addPartner(own, version)) };
  };

  /** An account whose driver the CDRs of partners name: they count for its limits. */
  const haveDriver = async (operator: Flow['operator']) => {
    const account = { accountId: 'DRIVERS', name: 'Drivers', currency: 'EUR' };
    expect((await operator.post('/accounts', account)).status).toBe(201);
    const token = { tokenId: '04A2B3C4D5', accountId: 'DRIVERS' };
    expect((await operator.post('/tokens', token)).status).toBe(201);
  };

  describe('roaming partners', () => {
    it.each(versions)(
      'a partner of OCPI %s reads our locations and their tariffs, sees within seconds what a charger reports, and its drivers may charge',
      async (version) => {
        const { own, charger, partner, partnerId, locationId, tariffId } =
          await haveLocation(version);
        type Evse = {
          readonly uid: string;
          readonly status: string;
          readonly last_updated: string;
        };
        type Location = {
          readonly id: string;
          readonly last_updated: string;
          readonly evses: Evse[];
        };
        const url = partner.endpoint('locations');
        const page = async (query = '') => await partner.get<readonly Location[]>(`${url}${query}`);
        const statusOf = ({ data }: { data: readonly Location[] }) => data[0]?.evses?.[0]?.status;

        const first = await eventually(page, ({ data }) => data.length === 1);
        expect(first.data[0]).toMatchObject({ id: locationId, evses: [{ status: 'UNKNOWN' }] });
        expect(first.headers.get('x-total-count')).toBe('1');
        expect(first.headers.get('x-limit')).toBe('100');
        expect(first.headers.get('link')).toBeNull();
        expect(first.headers.get('x-request-id')).toBe('r-1');
        expect(first.headers.get('x-correlation-id')).toBe('c-1');
        expect(first.headers.get('ocpi-to-party-id')).toBe(version === '2.1.1' ? null : 'EMS');

        const socket = await connect(own, charger);
        await socket.call('StatusNotification', {
          ...{ connectorId: 1, errorCode: 'NoError', status: 'Available' },
        });
        const later = await eventually(page, (seen) => statusOf(seen) === 'AVAILABLE');
        expect(statusOf(later)).toBe('AVAILABLE');
        const [location] = later.data;
        const changed = String(location?.last_updated);
        expect(location?.evses[0]?.last_updated).toBe(changed);
        expect((await page(`?date_from=${changed}`)).data).toHaveLength(1);
        expect((await page(`?date_to=${changed}`)).headers.get('x-total-count')).toBe('0');
        const uid = location?.evses[0]?.uid;
        const evse = await partner.get<Evse>(`${url}/${locationId}/${uid}/`);
        expect(evse.data).toEqual(location?.evses[0]);
        expect((await partner.get(`${url}/${locationId}/${uid}/1`)).statusCode).toBe(1000);
        expect((await partner.get(`${url}/${locationId}/${uid}/2`)).status).toBe(404);

        const tariffs = await eventually(
          () => partner.get<readonly { id: string }[]>(partner.endpoint('tariffs')),
          ({ data }) => data.length === 1,
        );
        expect(tariffs.data.map(({ id }) => id)).toEqual([tariffId]);

        const contract =
          version === '2.1.1'
            ? { auth_id: 'NL-EMS-1' }
            : { country_code: 'NL', party_id: 'EMS', contract_id: 'NL-EMS-1' };
        const pushed = await partner.put(`${partner.endpoint('tokens')}/NL/EMS/ROAMING-1`, {
          ...{ ...contract, uid: 'ROAMING-1', type: 'RFID', issuer: 'EMS' },
          ...{ valid: true, whitelist: 'ALWAYS', last_updated: new Date().toISOString() },
        });
        expect(pushed.status).toBe(201);
        const answer = await socket.call('Authorize', { idTag: 'ROAMING-1' });
        expect(answer).toMatchObject({ idTagInfo: { status: 'Accepted' } });

        const started = { connectorId: 1, idTag: 'ROAMING-1', meterStart: 1000 };
        const { transactionId } = await socket.call('StartTransaction', {
          ...started,
          timestamp: new Date(Date.now() - 3_600_000).toISOString(),
        });
        const got = (method: string, module: string) =>
          partner.requests
            .filter((one) => one.method === method && one.path.includes(`/receive/${module}`))
            .map((one) => JSON.parse(one.body));
        await eventually(
          async () => got('PUT', 'sessions'),
          (sessions) => sessions.length > 0,
        );
        await socket.call('StopTransaction', {
          ...{ transactionId, meterStop: 11_000, timestamp: new Date().toISOString() },
        });
        const [cdr] = await eventually(
          async () => got('POST', 'cdrs'),
          (cdrs) => cdrs.length > 0,
        );
        expect(cdr).toMatchObject({ total_energy: 10, currency: 'EUR', auth_method: 'WHITELIST' });
        const { data: cdrs } = await partner.get<readonly object[]>(partner.endpoint('cdrs'));
        expect(cdrs).toEqual([cdr]);
        const sessions = await eventually(
          () => partner.get<readonly { status: string }[]>(partner.endpoint('sessions')),
          ({ data }) => data[0]?.status === 'COMPLETED',
        );
        expect(sessions.data).toHaveLength(1);
        expect(got('PUT', 'locations').length).toBeGreaterThan(0);
        const delivery = await own.operator.get<{ state: string; location: string }>(
          `/partners/${partnerId}/deliveries/cdrs.${cdr.id}`,
        );
        expect(delivery.body).toMatchObject({
          state: 'delivered',
          location: expect.stringContaining('/receive/cdrs/1'),
        });
        const open = await own.operator.get<{ items: unknown[] }>(
          `/partners/${partnerId}/deliveries`,
        );
        expect(open.status).toBe(200);
        await socket.close();
      },
    );

    it('an operator with many locations that becomes a party of OCPI shows them all, page by page', async () => {
      const operator = await flow().newOperator('Late');
      const own = { ...flow(), operator };
      const tariffId = await registerTariff(own, { perKwh: '0.50' });
      for (let n = 0; n < 11; n += 1) await addLocation(own, tariffId);
      await operator.put('/settings/ocpi', {
        ...{ countryCode: 'DE', partyId: 'LAT', businessName: 'Late', roles: ['CPO'] },
      });
      const { partner } = await addPartner(own, '2.2.1');
      const url = partner.endpoint('locations');
      const page = async (at: string) => await partner.get<readonly { id: string }[]>(at);
      await eventually(
        () => page(url),
        ({ data }) => data.length === 11,
      );
      const seen: string[] = [];
      let next: string | undefined = `${url}?limit=4`;
      while (next !== undefined) {
        const { data, headers } = await page(next);
        expect(headers.get('x-total-count')).toBe('11');
        seen.push(...data.map(({ id }) => id));
        next = /<(.*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
      }

      expect(seen).toHaveLength(11);
      expect(new Set(seen).size).toBe(11);
    });

    it('an eMSP reads what a CPO has by itself, and what changed when it reads again', async () => {
      const { cpo, emsp, atEmsp } = await havePartners('2.3.0');
      const own = { ...flow(), operator: cpo };
      const tariffId = await registerTariff(own, { perKwh: '0.50', vatPercent: '19' });
      const { locationId } = await addLocation(own, tariffId);
      // The hourly sweep begins what nobody asked for. It is called with its time to the second, and a partner of this second is not due yet.
      await flow().service.stack.runSchedules(new Date(Date.now() + 1_000));
      type Pulls = { readonly pulls: readonly Readonly<Record<'module' | 'state', string>>[] };
      const pulls = async () => (await emsp.get<Pulls>(`${atEmsp}/pulls`)).body.pulls;
      const modules = ['cdrs', 'invoicereconciliation', 'locations', 'sessions', 'tariffs'];
      await expect
        .poll(async () => (await pulls()).toSorted((a, b) => (a.module < b.module ? -1 : 1)))
        .toMatchObject(modules.map((module) => ({ module, state: 'complete' })));

      type Listed = { readonly items: readonly { locationId: string; name: string }[] };
      const pull = async () => {
        expect((await emsp.post(`${atEmsp}/pulls`, { modules: ['locations'] })).status).toBe(202);
        return (await emsp.get<Listed>('/roaming/locations')).body.items;
      };

      const [first] = await eventually(pull, (items) => items.length === 1);
      expect(first).toMatchObject({ locationId, name: 'Yard' });
      await cpo.patch(`/locations/${locationId}`, { name: 'Harbour' });
      const [renamed] = await eventually(pull, ([one]) => one?.name === 'Harbour');
      expect(renamed).toMatchObject({ locationId });
      const found = await emsp.get<Listed>('/roaming/locations?text=yard');
      expect(found.body.items).toEqual([]);
    });

    it('a location that is read again under another name is found by that one alone', async () => {
      const operator = await haveParty('MSP', 'EMSP');
      // Its schedule would go on when its server has stopped.
      const form = {
        ...{ name: 'Chargers', roles: ['EMSP'], versions: ['2.2.1'] },
        pullEveryHours: null,
      };
      const invited = await operator.post<Partner>('/partners', form);
      const partner = await startOcpiPartner('2.2.1', 'JNA', 'CPO');
      onTestFinished(partner.stop);
      await partner.register(invited.body.versionsUrl, String(invited.body.tokenA));
      type Found = { readonly items: readonly { readonly name: string }[] };
      const pulled = async (text: string) => {
        const at = `/partners/${invited.body.partnerId}/pulls`;
        expect((await operator.post(at, { modules: ['locations'] })).status).toBe(202);
        return (await operator.get<Found>(`/roaming/locations?text=${text}`)).body.items;
      };
      const serve = (name: string, last_updated: string) => {
        const mine = { country_code: 'NL', party_id: 'JNA', name, last_updated };
        partner.serve('/locations', [goldenDocument('2.2.1', 'location', mine)]);
      };

      serve('Quarry', '2026-05-01T08:00:00Z');
      await eventually(
        () => pulled('quarry'),
        (items) => items.length === 1,
      );
      serve('Orchard', '2026-05-02T08:00:00Z');
      await eventually(
        () => pulled('orchard'),
        (items) => items.length === 1,
      );
      expect(await pulled('quarry')).toEqual([]);

      await haveDriver(operator);
      const cdr = goldenDocument('2.2.1', 'cdr', { country_code: 'NL', party_id: 'JNA' });
      partner.serve('/cdrs', [cdr]);
      await operator.post(`/partners/${invited.body.partnerId}/pulls`, { modules: ['cdrs'] });
      type Cdrs = { readonly items: readonly { readonly accountId: string }[] };
      const cdrs = await eventually(
        async () => (await operator.get<Cdrs>('/roaming/cdrs')).body.items,
        (items) => items.length === 1,
      );
      expect(cdrs).toMatchObject([{ accountId: 'DRIVERS' }]);
    });

    it('a CPO that pushes a location, an EVSE of it and a CDR reads back what we keep of them', async () => {
      const operator = await haveParty('MSP', 'EMSP');
      // Its schedule would go on when its server has stopped.
      const form = {
        ...{ name: 'Chargers', roles: ['EMSP'], versions: ['2.2.1'] },
        pullEveryHours: null,
      };
      const invited = await operator.post<Partner>('/partners', form);
      const partner = await startOcpiPartner('2.2.1', 'JNA', 'CPO');
      onTestFinished(partner.stop);
      await partner.register(invited.body.versionsUrl, String(invited.body.tokenA));
      const mine = { country_code: 'NL', party_id: 'JNA' };
      const at = `${partner.endpoint('locations')}/NL/JNA/L-17`;
      const location = goldenDocument('2.2.1', 'location', mine);

      expect((await partner.put(at, location)).status).toBe(201);
      expect((await partner.get(at)).data).toEqual(location);
      const closed = { ...location, evses: [], last_updated: '2026-05-01T08:00:00Z' };
      expect((await partner.put(at, closed)).status).toBe(200);
      expect((await partner.get(`${at}/L17-E1`)).status).toBe(404);

      await haveDriver(operator);
      const cdr = goldenDocument('2.2.1', 'cdr', mine);
      const posted = await partner.post(partner.endpoint('cdrs'), cdr);
      expect(posted.status).toBe(201);
      expect((await partner.get(posted.headers.get('location') ?? '')).data).toEqual(cdr);

      const wrong = { ...cdr, id: 'C-WRONG', session_id: 'S-WRONG', total_cost: { excl_vat: 99 } };
      await partner.post(partner.endpoint('cdrs'), wrong);
      type Cdrs = { readonly items: readonly { readonly cdrId: string }[] };
      const judged = async (verdict: string) =>
        (await operator.get<Cdrs>(`/roaming/cdrs?verdict=${verdict}`)).body.items;
      const differing = await eventually(
        () => judged('differs'),
        (items) => items.length > 0,
      );
      expect(differing).toMatchObject([{ cdrId: 'C-WRONG' }]);
      expect(await judged('agrees')).toMatchObject([{ cdrId: cdr['id'] }]);
    });

    it('a partner of another operator sees nothing of our locations and tariffs', async () => {
      const { locationId, partner } = await haveLocation('2.2.1');
      await eventually(
        () => partner.get<readonly unknown[]>(partner.endpoint('locations')),
        ({ data }) => data.length === 1,
      );
      const { partner: other } = await haveLocation('2.2.1');
      const url = other.endpoint('locations');

      expect((await other.get(`${url}/${locationId}`)).status).toBe(404);
      for (const module of ['locations', 'tariffs']) {
        const { data } = await other.get<readonly { id: string }[]>(other.endpoint(module));
        expect(data.map(({ id }) => id)).not.toContain(locationId);
      }
    });

    it.each(versions)(
      'two operators register with each other in OCPI %s, replace their tokens from both sides, and part',
      async (version) => {
        const { cpo, emsp, atCpo, atEmsp, tokenA, versionsUrl } = await havePartners(version);
        const seen = await cpo.get<Partner>(atCpo);
        expect(seen.body).toMatchObject({ state: 'registered', version });
        expect(seen.body.registration?.parties.map(({ partyId }) => partyId)).toEqual(['MSP']);
        expect(seen.body.registration?.endpoints[0]?.identifier).toBe('credentials');

        type Check = { readonly name: string; readonly ok: boolean };
        type Tested = { readonly ok: boolean; readonly checks: readonly Check[] };
        const tested = await emsp.post<Tested>(`${atEmsp}/test`, {});
        expect(tested.body.checks.filter(({ ok }) => !ok)).toEqual([]);
        expect(tested.body.checks.map(({ name }) => name)).toContain('module locations');

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
