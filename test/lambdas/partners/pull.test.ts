import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import type { OcpiVersion } from '../../../core/ocpi/translators.ts';
import type { RequestText } from '../../../lambdas/outbound/request-text.ts';
import { takeMessage } from '../../../lambdas/partners/take-message.ts';
import type { PartnerMessage } from '../../../lambdas/roaming/partner-message.ts';
import { changePartner, readPartner } from '../../../lambdas/store/partners/partners.ts';
import { askForDuePulls } from '../../../lambdas/sweep/ask-for-due-pulls.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { type CpoPartner, haveCpo, haveEmsp } from '../ocpi/cpo-partner.ts';
import { goldenDocument } from '../ocpi/golden-document.ts';
import { newOperator } from '../plant.ts';
import {
  beginPulls as begin,
  drainPulls,
  type PulledPartner,
  partnerWith,
  pullOf,
} from './pulling-plant.ts';
import { addPartner } from './roaming-plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const invoice = goldenDocument('2.3.0', 'invoiceRecord');

const hour = 3_600_000;

/** Does what the sweep does so many hours from now; gives the messages that follow, of which none is taken. */
async function sweptIn(partner: PulledPartner, hours: number): Promise<readonly PartnerMessage[]> {
  const asked: PartnerMessage[] = [];
  const send = async (more: readonly PartnerMessage[]) => {
    asked.push(...more);
  };
  const now = Date.now() + hours * hour;
  await askForDuePulls({ database, send }, now);
  const own = asked.filter((one) => one.kind === 'pulls' && one.partnerId === partner.partnerId);
  const following: PartnerMessage[] = [];
  const surroundings = {
    ...{ database, services: partner.services, push: async () => {}, now: () => now },
    send: async (more: readonly PartnerMessage[]) => {
      following.push(...more);
    },
  };
  // The queue repeats messages.
  for (const message of [...own, ...own]) await takeMessage(surroundings, message);
  return following;
}

const drain = (partner: CpoPartner, request: RequestText, how?: Parameters<typeof drainPulls>[3]) =>
  drainPulls(database, partner, request, how);

/** A partner DE*JNA of an operator that knows the drivers of the golden documents. */
async function registeredPartner(version: OcpiVersion): Promise<CpoPartner> {
  const operator = await haveEmsp(database);
  for (const tokenId of ['04A2B3C4D5', 'DE-EMS-C00000017-X']) {
    await operator.call('POST', '/tokens', { tokenId });
  }
  return await haveCpo(database, operator, version);
}

describe.each([...ocpiVersions])('a pull from a partner of OCPI %s', (version) => {
  const havePartner = async () => await registeredPartner(version);
  const site = (n: number, last_updated = '2026-03-01T08:00:00Z') =>
    goldenDocument(version, 'location', { id: `L-${n}`, last_updated });

  it('everything is read page by page the first time, then what changed since, each object once', async () => {
    const partner = await havePartner();
    const lists = {
      locations: [1, 2, 3, 4, 5].map((n) => site(n)),
      tariffs: [goldenDocument(version, 'tariff')],
      sessions: [goldenDocument(version, 'session')],
      cdrs: [goldenDocument(version, 'cdr')],
      ...(version === '2.3.0'
        ? { invoicereconciliation: [invoice, { ...invoice, id: 'IR-2' }] }
        : {}),
    };
    const { asked, request } = partnerWith(lists);

    expect((await begin(partner)).status).toBe(202);
    await drain(partner, request, { twice: true });
    for (const [module, { length }] of Object.entries(lists)) {
      expect(await pullOf(partner, module)).toMatchObject({
        ...{ state: 'complete', received: length, refused: 0, total: length, since: null },
      });
    }
    expect((await partner.send('GET', 'locations/DE/JNA/L-5')).http).toBe(200);
    const { body } = await partner.operator.call('GET', '/roaming/cdrs');
    expect(body.items).toMatchObject([{ cdrId: lists.cdrs[0]?.['id'], verdict: 'agrees' }]);
    expect(asked.find((url) => url.startsWith('/sessions'))).toContain('date_from=');
    const invoices = await partner.operator.call('GET', '/roaming/invoices');
    expect(invoices.body.items).toHaveLength(version === '2.3.0' ? 2 : 0);

    lists.locations.push(site(6, '2026-06-01T08:00:00Z'));
    asked.length = 0;
    await begin(partner, { modules: ['locations'] });
    await drain(partner, request);
    expect(await pullOf(partner, 'locations')).toMatchObject({
      ...{ state: 'complete', received: 6, since: '2026-03-01T08:00:00.000Z' },
    });
    await begin(partner, { modules: ['locations'] });
    await drain(partner, request);
    expect(await pullOf(partner, 'locations')).toMatchObject({ received: 1 });
    await begin(partner, { modules: ['locations'], full: true });
    await drain(partner, request);
    expect(await pullOf(partner, 'locations')).toMatchObject({ received: 6, since: null });
  });

  it('a pull goes on where it was after a crash, and after a partner that could not be reached', async () => {
    const partner = await havePartner();
    const lists = { locations: [1, 2, 3, 4, 5].map((n) => site(n)) };
    const { asked, request, failNext } = partnerWith(lists);
    await begin(partner, { modules: ['locations'] });

    // The message of the second page is lost.
    expect(await drain(partner, request, { most: 1 })).toBe(1);
    expect(await pullOf(partner, 'locations')).toMatchObject({ state: 'running', received: 2 });
    failNext(2);
    asked.length = 0;
    await begin(partner, { modules: ['locations'] });
    await drain(partner, request);

    expect(await pullOf(partner, 'locations')).toMatchObject({ state: 'complete', received: 5 });
    expect(asked.some((url) => url.includes('offset=0'))).toBe(false);
  });

  it('an object that is wrong, or of another party, keeps no other from being kept, and is shown', async () => {
    const partner = await havePartner();
    const { city: _city, ...broken } = site(2);
    const foreign = version === '2.1.1' ? [] : [{ ...site(3), party_id: 'XXX' }];
    const { request } = partnerWith({ locations: [site(1), broken, ...foreign, site(4)] });
    await begin(partner, { modules: ['locations'] });
    await drain(partner, request);

    const pull = await pullOf(partner, 'locations');
    expect(pull).toMatchObject({ state: 'complete', received: 2, refused: 1 + foreign.length });
    expect(pull?.['examples']).toMatchObject([
      { id: 'L-2', problems: [{ path: 'city' }] },
      ...foreign.map(() => ({ id: 'L-3', problems: [{ path: 'party_id' }] })),
    ]);
    expect((await partner.send('GET', 'locations/DE/JNA/L-4')).http).toBe(200);
  });

  it('a pull that runs while its partner registers at another address begins there again, and the old address gets no token any more', async () => {
    const partner = await havePartner();
    const { operatorId } = partner.operator;
    const move = async (url: (old: string) => string) => {
      const before = await readPartner(database, operatorId, partner.partnerId);
      if (before?.registration === undefined) throw new Error('not registered');
      const endpoints = before.registration.endpoints.map((one) => ({ ...one, url: url(one.url) }));
      const registration = { ...before.registration, endpoints };
      await changePartner(database, before, { registration });
    };
    const { asked, request } = partnerWith({ locations: [1, 2, 3, 4, 5].map((n) => site(n)) });
    await begin(partner, { modules: ['locations'] });
    expect(await drain(partner, request, { most: 1 })).toBe(1);
    await move((url) => url.replace('partner.example/', 'partner.example/moved/'));
    asked.length = 0;
    await drain(partner, request);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((url) => !url.startsWith('/moved/locations'))).toEqual([]);
    expect(await pullOf(partner, 'locations')).toMatchObject({ state: 'complete', received: 5 });

    // One whose message was lost meanwhile goes on by what asks for it, too.
    await begin(partner, { modules: ['locations'], full: true });
    expect(await drain(partner, request, { most: 1 })).toBe(1);
    await move((url) => url.replace('/moved/', '/again/'));
    asked.length = 0;
    await begin(partner, { modules: ['locations'] });
    await drain(partner, request);
    expect(asked.filter((url) => !url.startsWith('/again/locations'))).toEqual([]);
    expect(await pullOf(partner, 'locations')).toMatchObject({ state: 'complete', received: 5 });
  });

  it('a partner that refuses us, or sends us elsewhere with our token, ends the pull', async () => {
    const partner = await havePartner();
    const failing = async (answer: Awaited<ReturnType<RequestText>>) => {
      await begin(partner, { modules: ['tariffs'], full: true });
      await drain(partner, async () => answer);
      return await pullOf(partner, 'tariffs');
    };
    const body = JSON.stringify({ data: [], status_code: 1000, timestamp: '2026-04-14T16:30:00Z' });
    const link = '<https://thief.example/tariffs?offset=50>; rel="next"';
    const stolen = { kind: 'answered', status: 200, headers: { link }, body } as const;
    const refusal = JSON.stringify({ status_code: 2001, status_message: 'No.', timestamp: 'x' });

    expect(await failing(stolen)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('another host'),
    });
    for (const [status, text] of [
      [401, ''],
      [200, refusal],
      [404, 'Not here'],
    ] as const) {
      const answer = { kind: 'answered', status, headers: {}, body: text } as const;
      expect(await failing(answer)).toMatchObject({ state: 'failed' });
    }
  });
});

/** Versions whose objects name their party; one of OCPI 2.1.1 is always the partner's. */
const namingParties = ocpiVersions.filter((version) => version !== '2.1.1');

it.each(namingParties)(
  'an object of OCPI %s of a party that is not the partner’s is refused by the part of its name that is wrong, in every list',
  async (version) => {
    const partner = await registeredPartner(version);
    const kinds = {
      ...{ locations: 'location', tariffs: 'tariff', sessions: 'session', cdrs: 'cdr' },
      ...(version === '2.3.0' ? { invoicereconciliation: 'invoiceRecord' } : {}),
    };
    // The partner is DE*JNA alone.
    const strange = [
      [{ country_code: 'AT' }, 'country_code'],
      [{ party_id: 'XXX' }, 'party_id'],
      [{ country_code: 'AT', party_id: 'XXX' }, 'party_id'],
    ] as const;
    const lists = Object.fromEntries(
      Object.entries(kinds).map(([module, kind]) => [
        module,
        strange.map(([party], n) =>
          goldenDocument(version, kind, { ...party, id: `STRANGE-${n}` }),
        ),
      ]),
    );
    await begin(partner);
    await drain(partner, partnerWith(lists).request);
    for (const module of Object.keys(kinds)) {
      const pull = await pullOf(partner, module);
      expect(pull, module).toMatchObject({
        ...{ state: 'complete', received: 0, refused: 3 },
        examples: strange.map(([, path]) => ({ problems: [{ path }] })),
      });
    }
  },
);

it('an object of OCPI 2.1.1, which has no party of its own, is kept as the partner’s, whatever party a field beside it names', async () => {
  const partner = await registeredPartner('2.1.1');
  const strange = { country_code: 'AT', party_id: 'XXX' };
  const lists = {
    locations: [goldenDocument('2.1.1', 'location', { ...strange, id: 'L-1' })],
    tariffs: [goldenDocument('2.1.1', 'tariff', strange)],
    sessions: [goldenDocument('2.1.1', 'session', strange)],
    cdrs: [goldenDocument('2.1.1', 'cdr', strange)],
  };
  await begin(partner);
  await drain(partner, partnerWith(lists).request);
  for (const module of Object.keys(lists)) {
    expect(await pullOf(partner, module), module).toMatchObject({ received: 1, refused: 0 });
  }
  expect((await partner.send('GET', 'locations/DE/JNA/L-1')).http).toBe(200);
  expect((await partner.send('GET', 'locations/AT/XXX/L-1')).http).not.toBe(200);
});

describe('pulls by a schedule', () => {
  const modulesIn = (messages: readonly PartnerMessage[]) =>
    messages.flatMap((one) => (one.kind === 'pull' ? one.module : []));
  const allOf = (version: string) => [
    ...['locations', 'tariffs', 'sessions', 'cdrs'],
    ...(version === '2.3.0' ? ['invoicereconciliation'] : []),
  ];

  it.each([...ocpiVersions])(
    'a partner of OCPI %s is pulled from when it has registered, then each day, and goes on where a pull stands',
    async (version) => {
      const partner = await haveCpo(database, await haveEmsp(database), version);
      expect(modulesIn(await sweptIn(partner, 0))).toEqual(allOf(version));
      expect(await sweptIn(partner, 1)).toEqual([]);
      const sites = [1, 2, 3].map((n) => goldenDocument(version, 'location', { id: `L-${n}` }));
      const { request, asked } = partnerWith({ locations: sites });
      // The messages of all but one page are lost; what nobody reads goes on the next day.
      await drain(partner, request, { most: 1 });
      expect(modulesIn(await sweptIn(partner, 25))).toEqual(allOf(version));
      asked.length = 0;
      await drain(partner, request);
      expect(await pullOf(partner, 'locations')).toMatchObject({ state: 'complete', received: 3 });
      expect(asked).not.toContain(expect.stringContaining('/locations?offset=0'));
      await sweptIn(partner, 50);
      expect(await pullOf(partner, 'locations')).toMatchObject({
        ...{ state: 'running', since: expect.any(String) },
      });
    },
  );

  it.each([...ocpiVersions])(
    'the tokens of drivers of a partner of OCPI %s are pulled when it has registered, then each day',
    async (version) => {
      const operator = await newOperator(database);
      const partner = await addPartner(database, operator, version, { senders: ['tokens'] });
      expect(modulesIn(await sweptIn(partner, 0))).toEqual(['tokens']);
      expect(await sweptIn(partner, 1)).toEqual([]);
      expect(modulesIn(await sweptIn(partner, 25))).toEqual(['tokens']);
    },
  );

  it('the operator says how often a partner is pulled from, or that it is not', async () => {
    const operator = await haveEmsp(database);
    const partner = await haveCpo(database, operator, '2.2.1', 'JNA', { pullEveryHours: 2 });
    const at = `/partners/${partner.partnerId}`;
    expect((await operator.call('GET', at)).body['pullEveryHours']).toBe(2);
    expect(modulesIn(await sweptIn(partner, 0))).toEqual(allOf('2.2.1'));
    expect(modulesIn(await sweptIn(partner, 3))).toEqual(allOf('2.2.1'));

    await operator.call('PATCH', at, { pullEveryHours: null });
    expect((await operator.call('GET', at)).body['pullEveryHours']).toBeNull();
    expect(await sweptIn(partner, 100)).toEqual([]);
    await operator.call('PATCH', at, { pullEveryHours: 168 });
    expect(modulesIn(await sweptIn(partner, 1))).toEqual(allOf('2.2.1'));
    await operator.call('POST', `${at}/suspend`);
    expect(await sweptIn(partner, 1000)).toEqual([]);
    await operator.call('POST', `${at}/resume`);
    expect(modulesIn(await sweptIn(partner, 1000))).toEqual(allOf('2.2.1'));
    expect((await partner.send('DELETE', '/2.2.1/credentials')).statusCode).toBe(1000);
    expect(await sweptIn(partner, 9000)).toEqual([]);
  });

  it('a partner is pulled from as often as stated, however late the hourly sweep finds it', async () => {
    const operator = await haveEmsp(database);
    const partner = await haveCpo(database, operator, '2.2.1', 'JNA', { pullEveryHours: 2 });

    expect(modulesIn(await sweptIn(partner, 0.5))).toEqual(allOf('2.2.1'));
    expect(await sweptIn(partner, 1.5)).toEqual([]);
    expect(modulesIn(await sweptIn(partner, 2.4))).toEqual(allOf('2.2.1'));
    expect(await sweptIn(partner, 3.5)).toEqual([]);
    // Nothing swept for hours: what was missed is one pull.
    expect(modulesIn(await sweptIn(partner, 9.3))).toEqual(allOf('2.2.1'));
    expect(await sweptIn(partner, 9.9)).toEqual([]);
    expect(modulesIn(await sweptIn(partner, 10.1))).toEqual(allOf('2.2.1'));
  });

  it('nothing but tokens is pulled from a partner whose eMSP we are not, and a sweep without partners is one query', async () => {
    const operator = await haveEmsp(database);
    const party = { countryCode: 'DE', partyId: 'EMS', businessName: 'Ours', roles: ['CPO'] };
    await operator.call('PUT', '/settings/ocpi', party);
    const partner = await haveCpo(database, operator, '2.2.1', 'JNA', { roles: ['CPO'] });
    expect(await sweptIn(partner, 1)).toEqual([]);
    const send = async () => {};
    // Before any partner was.
    const sweep = async () => expect(await askForDuePulls({ database, send }, hour)).toBe(0);
    expect(await countRequests(database, sweep)).toEqual({ reads: ['Query'], writes: [] });
  });
});

describe('a partner that cannot be read', () => {
  it('one that is invited or suspended is refused, and a pull of another operator’s partner too', async () => {
    const operator = await haveEmsp(database);
    const { body } = await operator.call('POST', '/partners', { name: 'Invited' });
    const invited = await operator.call('POST', `/partners/${body['partnerId']}/pulls`, {});
    expect(invited.code).toBe('PARTNER_NOT_REGISTERED');
    const partner = await haveCpo(database, operator, '2.2.1');
    await operator.call('POST', `/partners/${partner.partnerId}/suspend`);
    expect((await begin(partner)).code).toBe('PARTNER_NOT_REGISTERED');
    const other = await haveEmsp(database);
    expect((await begin({ ...partner, operator: other })).code).toBe('PARTNER_NOT_FOUND');
  });
});
