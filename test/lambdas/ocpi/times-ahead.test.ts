import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import type { JsonLiteral } from '../../../core/units/json-literals.ts';
import type { RoamingServices } from '../../../lambdas/roaming/roaming-services.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { beginPulls, drainPulls, partnerWith, pullOf } from '../partners/pulling-plant.ts';
import { newOperator } from '../plant.ts';
import { haveCpo, haveEmsp } from './cpo-partner.ts';
import { type Golden, goldenDocument } from './golden-document.ts';
import { clientInfo, driversParty, haveHub } from './hub-double.ts';
import { invitePartner } from './invite-partner.ts';
import { partnerCredentials } from './partner-platform.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

/** A way of a partner to one of our objects. */
type Sender = {
  readonly services: RoamingServices;
  readonly send: (method: string, body?: object) => Promise<Golden>;
};

/** An object of a partner, and a field of it that changes. */
type Case = {
  readonly open: (version: string) => Promise<Sender>;
  readonly document: (version: string) => Golden;
  readonly field: string;
  readonly values: readonly [unknown, unknown, unknown];
  readonly versions?: readonly string[];
  readonly isPatched?: (version: string) => boolean;
};

const at = 'locations/DE/JNA/L-17';

/** An object that a CPO pushes, behind its location where it is a part of one. */
const ofCpo = (place: string) => async (version: string) => {
  const partner = await haveCpo(database, await haveEmsp(database), version);
  if (place.startsWith(`${at}/`)) {
    const unsaid = version === '2.1.1' ? { type: 'UNKNOWN' } : {};
    const past = { ...unsaid, last_updated: '2026-01-01T00:00:00Z' };
    await partner.send('PUT', at, goldenDocument(version, 'location', { ...past, evses: [] }));
    const [, , , , evse] = place.split('/');
    await partner.send('PUT', `${at}/${evse}`, goldenDocument(version, 'evse'));
  }
  return {
    services: partner.services,
    send: async (method: string, body?: object) => {
      const { statusCode, data } = await partner.send(method, place, body);
      expect(statusCode).toBe(1000);
      return data as Golden;
    },
  };
};

const ofEmsp = async (version: string) => {
  const { call, tokenA, services } = await invitePartner(database, version);
  const credentials = partnerCredentials(version);
  const { data } = await call('POST', `${version}/credentials`, `Token ${tokenA}`, credentials);
  const { token } = data as { readonly token: string };
  return {
    services,
    send: async (method: string, body?: object) => {
      const place = `cpo/${version}/tokens/NL/PAR/AHEAD-${version}`;
      const answer = await call(method, place, `Token ${token}`, body as JsonLiteral);
      expect(answer.statusCode).toBe(1000);
      return answer.data as unknown as Golden;
    },
  };
};

const ofHub = async (version: string) => {
  const hub = await haveHub(database, await newOperator(database), version);
  return {
    services: hub.services,
    send: async (method: string, body?: object) => {
      const answer = await hub.tell(method, 'NL/TNM', body);
      expect(answer.statusCode).toBe(1000);
      return answer.data as Golden;
    },
  };
};

const tokenOf = (version: string): Golden => ({
  ...(version === '2.1.1'
    ? { auth_id: 'NL-PAR-1' }
    : { country_code: 'NL', party_id: 'PAR', contract_id: 'NL-PAR-1' }),
  ...{ uid: `AHEAD-${version}`, type: 'RFID', issuer: '', valid: true, whitelist: 'ALWAYS' },
});

const golden =
  (name: string, more: object = {}) =>
  (version: string) =>
    goldenDocument(version, name, more);

const cases: Readonly<Record<string, Case>> = {
  location: {
    ...{ open: ofCpo(at), document: golden('location', { type: 'UNKNOWN' }) },
    ...{ field: 'city', values: ['One', 'Two', 'Three'], isPatched: () => true },
  },
  EVSE: {
    ...{ open: ofCpo(`${at}/L17-E1`), document: golden('evse'), field: 'status' },
    ...{ values: ['AVAILABLE', 'CHARGING', 'BLOCKED'], isPatched: () => true },
  },
  connector: {
    ...{ open: ofCpo(`${at}/L17-E1/1`), document: golden('connector'), field: 'format' },
    ...{ values: ['SOCKET', 'CABLE', 'SOCKET'], isPatched: () => true },
  },
  session: {
    ...{ open: ofCpo('sessions/DE/JNA/S-9'), document: golden('session', { id: 'S-9' }) },
    ...{ field: 'kwh', values: [1, 2, 3], isPatched: () => true },
  },
  tariff: {
    ...{ open: ofCpo('tariffs/DE/JNA/T-9'), document: golden('tariff', { id: 'T-9' }) },
    ...{ field: 'currency', values: ['EUR', 'SEK', 'NOK'] },
    isPatched: (version) => version === '2.1.1',
  },
  invoice: {
    ...{ open: ofCpo('invoicereconciliation/DE/JNA/IR-9'), versions: ['2.3.0'] },
    ...{ document: golden('invoiceRecord', { id: 'IR-9' }) },
    ...{ field: 'invoice_id', values: ['1', '2', '3'] },
  },
  token: {
    ...{ open: ofEmsp, document: tokenOf, field: 'issuer' },
    ...{ values: ['One', 'Two', 'Three'], isPatched: () => true },
  },
  'party of a hub': {
    ...{ open: ofHub, document: () => clientInfo(driversParty, 'EMSP', ''), field: 'status' },
    ...{ values: ['OFFLINE', 'CONNECTED', 'SUSPENDED'], versions: ['2.2.1', '2.3.0'] },
  },
};

const rows = Object.entries(cases).flatMap(([name, one]) =>
  (one.versions ?? ocpiVersions).map((version) => ({ name, version, one })),
);

const ahead = '2099-01-01T00:00:00Z';

/** A time that no clock of these tests has passed yet, and that is not ahead either. */
const soon = (): string => new Date(Date.now() + 30_000).toISOString();

describe.each(rows)('the $name of a partner of OCPI $version', ({ version, one }) => {
  const { open, document, field, values, isPatched } = one;
  const [first, second, third] = values;
  const stated = (value: unknown, last_updated: string) => ({
    ...document(version),
    ...{ [field]: value, last_updated },
  });
  const change = async ({ send }: Sender, value: unknown, last_updated: string) =>
    isPatched?.(version) === true
      ? await send('PATCH', { [field]: value, last_updated })
      : await send('PUT', stated(value, last_updated));

  it('one that says that it changes in a time to come is followed by what the partner says next', async () => {
    const sender = await open(version);
    const before = Date.now();
    await sender.send('PUT', stated(first, ahead));
    const shown = await sender.send('GET');
    expect(shown).toMatchObject({ [field]: first });
    // Of its arrival, as nothing has changed later.
    const changed = Date.parse(String(shown['last_updated']));
    expect(changed >= before && changed <= Date.now()).toBe(true);

    await change(sender, second, ahead);
    expect(await sender.send('GET')).toMatchObject({ [field]: second });
    await sender.send('PUT', stated(third, soon()));
    expect(await sender.send('GET')).toMatchObject({ [field]: third });
    await change(sender, first, soon());
    expect(await sender.send('GET')).toMatchObject({ [field]: first });
    // One of before that arrives late.
    await change(sender, second, '2026-01-02T00:00:00Z');
    expect(await sender.send('GET')).toMatchObject({ [field]: first });
  });

  it('one that was kept with a time to come gives way', async () => {
    const sender = await open(version);
    const { now } = sender.services;
    Object.assign(sender.services, { now: () => Date.parse(ahead) });
    await sender.send('PUT', stated(first, ahead));
    expect(await sender.send('GET')).toMatchObject({ [field]: first, last_updated: ahead });
    Object.assign(sender.services, { now });

    await change(sender, second, soon());
    expect(await sender.send('GET')).toMatchObject({ [field]: second });
  });
});

describe('what is read at a partner that says that all changes in a time to come', () => {
  it('a push after it counts, and so does what is read next; a CDR is kept as it came', async () => {
    const operator = await haveEmsp(database);
    const partner = await haveCpo(database, operator, '2.2.1');
    const part = { last_updated: ahead };
    const [evse] = goldenDocument('2.2.1', 'location')['evses'] as readonly [Golden];
    const [connector] = evse['connectors'] as readonly [Golden];
    const evses = [{ ...evse, ...part, connectors: [{ ...connector, ...part }] }];
    const cdr = goldenDocument('2.2.1', 'cdr', part);
    const lists = {
      locations: [goldenDocument('2.2.1', 'location', { ...part, city: 'One', evses })],
      cdrs: [cdr],
    };
    const { request } = partnerWith(lists);
    await beginPulls(partner);
    await drainPulls(database, partner, request);
    expect((await partner.send('GET', at)).data).toMatchObject({ city: 'One' });
    const [held] = (await operator.call('GET', '/roaming/cdrs')).body.items ?? [];
    const shown = await partner.send('GET', `cdrs/${held?.['roamingCdrId']}`);
    expect(shown.data).toMatchObject(part);

    const busy = { status: 'CHARGING', last_updated: soon() };
    await partner.send('PATCH', `${at}/${evse['uid']}`, busy);
    const cable = { format: 'CABLE', last_updated: soon() };
    await partner.send('PATCH', `${at}/${evse['uid']}/${connector['id']}`, cable);
    expect((await partner.send('GET', at)).data).toMatchObject({
      evses: [{ status: 'CHARGING', connectors: [{ format: 'CABLE' }] }],
    });

    const free = [{ ...evse, status: 'AVAILABLE', last_updated: soon() }];
    lists.locations = [
      goldenDocument('2.2.1', 'location', { city: 'Two', evses: free, last_updated: soon() }),
    ];
    await beginPulls(partner, { full: true });
    await drainPulls(database, partner, request);
    expect((await partner.send('GET', at)).data).toMatchObject({
      ...{ city: 'Two', evses: [{ status: 'AVAILABLE' }] },
    });
  });

  it.each([...ocpiVersions])(
    'its pages of OCPI %s are read as often as those of any other, and each object is counted once',
    async (version) => {
      const read = async (last_updated: string) => {
        const partner = await haveCpo(database, await haveEmsp(database), version);
        let clock = Date.now();
        const now = () => {
          clock += 1000;
          return clock;
        };
        Object.assign(partner.services, { now });
        const locations = Array.from({ length: 5 }, (_none, n) =>
          goldenDocument(version, 'location', { id: `L-${n}`, last_updated }),
        );
        const { request, asked } = partnerWith({ locations });
        await beginPulls(partner, { modules: ['locations'] });
        await drainPulls(database, partner, request);
        const { state, received } = (await pullOf(partner, 'locations')) ?? {};
        return { state, received, asked };
      };
      const usual = await read('2026-03-01T08:00:00Z');
      expect(usual).toMatchObject({ state: 'complete', received: 5 });
      expect(await read(ahead)).toEqual(usual);
    },
  );

  it('a record of an invoice that is posted again is the same one', async () => {
    const partner = await haveCpo(database, await haveEmsp(database), '2.3.0');
    const record = goldenDocument('2.3.0', 'invoiceRecord', { last_updated: ahead });
    const post = async () => await partner.send('POST', 'invoicereconciliation', record);
    expect((await post()).http).toBe(201);
    const { now } = partner.services;
    Object.assign(partner.services, { now: () => now() + 1000 });
    expect(await post()).toMatchObject({ http: 200, statusCode: 1000 });
  });
});
