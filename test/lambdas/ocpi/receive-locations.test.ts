import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type CpoPartner, haveCpo, haveEmsp } from './cpo-partner.ts';
import { type Golden, goldenDocument } from './golden-document.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const at = 'locations/DE/JNA/L-17';
const evse = `${at}/L17-E1`;
const later = '2026-05-01T08:00:00Z';

const dataOf = async (partner: CpoPartner, place: string): Promise<Golden> =>
  (await partner.send('GET', place)).data as Golden;

const havePartner = async (version: string): Promise<CpoPartner> =>
  await haveCpo(database, await haveEmsp(database), version);

describe.each([...ocpiVersions])('the locations of a partner of OCPI %s', (version) => {
  // 2.1.1 has two words for a type that says nothing; both are read as that.
  const unsaid = version === '2.1.1' ? { type: 'UNKNOWN' } : {};
  const location = (more: object = {}) =>
    goldenDocument(version, 'location', { ...unsaid, ...more });

  it('a location is kept with every field that it has, and read back the same', async () => {
    const partner = await havePartner(version);
    const sent = location({ nltnm_own: { price: 1.5, list: [1, 2.25] } });

    expect(await partner.send('PUT', at, sent)).toMatchObject({ http: 201, statusCode: 1000 });
    expect(await partner.send('PUT', at, sent)).toMatchObject({ http: 200, statusCode: 1000 });
    expect(await dataOf(partner, at)).toEqual(sent);
    const [first] = sent['evses'] as readonly [Golden];
    expect(await dataOf(partner, evse)).toEqual(first);
    const [connector] = first['connectors'] as readonly [Golden];
    expect(await dataOf(partner, `${evse}/1`)).toEqual(connector);
  });

  it('a change of a connector makes its EVSE and its location as new; an older one changes nothing', async () => {
    const partner = await havePartner(version);
    await partner.send('PUT', at, location());
    const change = { format: 'CABLE', last_updated: later };

    expect((await partner.send('PATCH', `${evse}/1`, change)).statusCode).toBe(1000);
    for (const place of [at, evse, `${evse}/1`]) {
      expect((await dataOf(partner, place))['last_updated']).toBe(later);
    }
    const late = { format: 'SOCKET', last_updated: '2026-04-30T08:00:00Z' };
    expect((await partner.send('PATCH', `${evse}/1`, late)).statusCode).toBe(1000);
    expect((await partner.send('PUT', at, location())).statusCode).toBe(1000);
    expect(await dataOf(partner, `${evse}/1`)).toMatchObject({ format: 'CABLE' });
  });

  it('an EVSE is added, changed and removed; what a PATCH does not name stays', async () => {
    const partner = await havePartner(version);
    await partner.send('PUT', at, location());
    const added = { ...goldenDocument(version, 'evse'), uid: 'NEW', last_updated: later };

    expect((await partner.send('PUT', `${at}/NEW`, added)).http).toBe(201);
    const gone = { status: 'REMOVED', last_updated: '2026-05-02T08:00:00Z' };
    expect((await partner.send('PATCH', `${at}/new`, gone)).statusCode).toBe(1000);
    expect(await dataOf(partner, `${at}/NEW`)).toEqual({ ...added, ...gone });
    const renamed = { name: 'Renamed', last_updated: '2026-05-03T08:00:00Z' };
    const { evses } = await dataOf(partner, at);
    expect((await partner.send('PATCH', at, renamed)).statusCode).toBe(1000);
    expect(await dataOf(partner, at)).toEqual({ ...location(), ...renamed, evses });
  });

  it('an EVSE in words that nobody knows, with texts too long for the version, takes a PATCH and is read back as it came', async () => {
    const partner = await havePartner(version);
    await partner.send('PUT', at, location());
    const golden = goldenDocument(version, 'evse');
    const [connector] = golden['connectors'] as readonly [Golden];
    const odd = {
      ...golden,
      ...{ uid: 'ODD', evse_id: `DE*JNA*E${'1'.repeat(60)}`, floor_level: 'lower mezzanine' },
      capabilities: ['RFID_READER', 'TELEPORT'],
      connectors: [{ ...connector, standard: 'PLUG_OF_TOMORROW', format: 'SOCKET_OR_CABLE' }],
      last_updated: later,
    };
    expect((await partner.send('PUT', `${at}/ODD`, odd)).http).toBe(201);
    expect(await dataOf(partner, `${at}/ODD`)).toEqual(odd);

    const busy = { status: 'CHARGING', last_updated: '2026-05-02T08:00:00Z' };
    expect((await partner.send('PATCH', `${at}/ODD`, busy)).statusCode).toBe(1000);
    const stronger = { [version === '2.1.1' ? 'max_voltage' : 'voltage']: 400 };
    const stamp = { last_updated: '2026-05-03T08:00:00Z' };
    const place = `${at}/ODD/${connector['id']}`;
    expect((await partner.send('PATCH', place, { ...stronger, ...stamp })).statusCode).toBe(1000);
    const changed = {
      ...odd.connectors[0],
      ...{ [version === '2.1.1' ? 'voltage' : 'max_voltage']: 400, ...stamp },
    };
    const now = { ...odd, ...busy, ...stamp, connectors: [changed] };
    expect(await dataOf(partner, `${at}/ODD`)).toEqual(now);
  });

  it('what is not the partner’s is 404, what is not that of its URL 2001, and nothing is kept', async () => {
    const partner = await havePartner(version);

    expect((await partner.send('PUT', 'locations/DE/XXX/L-17', location())).http).toBe(404);
    expect(await partner.send('PUT', 'locations/DE/JNA/L-18', location())).toMatchObject({
      http: 200,
      statusCode: 2001,
      message: expect.stringContaining('id'),
    });
    expect((await partner.send('PATCH', at, { last_updated: later })).http).toBe(404);
    expect((await partner.send('PUT', evse, goldenDocument(version, 'evse'))).http).toBe(404);
    for (const place of [at, 'locations/DE/JNA/L-18', `${at}/x/y/z`, 'locations', 'locations/DE']) {
      expect((await partner.send('GET', place)).http).toBe(404);
    }
    await partner.send('PUT', at, location());
    expect(
      (await partner.send('PUT', `${at}/OTHER`, goldenDocument(version, 'evse'))).statusCode,
    ).toBe(2001);
    const stolen = { uid: 'OTHER', last_updated: later };
    expect((await partner.send('PATCH', evse, stolen)).statusCode).toBe(2001);
    expect((await partner.send('DELETE', at)).http).toBe(404);
  });

  it('a bad location is answered with the path of each problem, and leaves what is held', async () => {
    const partner = await havePartner(version);
    await partner.send('PUT', at, location());
    const { city: _city, ...without } = location({ last_updated: later });

    expect(await partner.send('PUT', at, without)).toMatchObject({
      statusCode: 2001,
      message: expect.stringContaining('city'),
    });
    for (const body of [[], 'x', null, 7, { coordinates: 1 }]) {
      expect((await partner.send('PUT', at, body)).statusCode).toBe(2001);
    }
    expect((await partner.send('PATCH', at, { name: 'No time' })).message).toContain(
      'last_updated',
    );
    expect(await dataOf(partner, at)).toEqual(location());
  });
});

describe('very large locations', () => {
  const connector = {
    id: '1',
    standard: 'IEC_62196_T2',
    format: 'SOCKET',
    power_type: 'AC_3_PHASE',
    max_voltage: 230,
    max_amperage: 16,
    last_updated: '2026-03-01T08:00:00Z',
  };
  const evses = (count: number, status: string) =>
    Array.from({ length: count }, (_none, n) => ({
      uid: `E${n}`,
      status,
      connectors: [connector],
      last_updated: '2026-03-01T08:00:00Z',
    }));

  it('a location of 10,000 EVSEs is kept whole, and with it the status of one of them', async () => {
    const partner = await havePartner('2.2.1');
    const sent = goldenDocument('2.2.1', 'location', { evses: evses(10_000, 'AVAILABLE') });

    expect((await partner.send('PUT', at, sent)).http).toBe(201);
    const changed = { status: 'CHARGING', last_updated: later };
    expect((await partner.send('PATCH', `${at}/E9999`, changed)).statusCode).toBe(1000);
    const held = await dataOf(partner, at);
    expect(held['last_updated']).toBe(later);
    const statuses = (held['evses'] as readonly Golden[]).map((one) => one['status']);
    expect(statuses).toEqual([...Array.from({ length: 9_999 }, () => 'AVAILABLE'), 'CHARGING']);
  });

  it('an object that no item of the database holds is refused with its path, and leaves what is held', async () => {
    const partner = await havePartner('2.2.1');
    const [first, second] = evses(2, 'AVAILABLE');
    const random = Array.from({ length: 400_000 }, () => Math.random().toString(36).slice(2, 4));
    const large = { ...second, nltnm_large: random.join('') };
    const sent = goldenDocument('2.2.1', 'location', { evses: [first, large] });

    expect(await partner.send('PUT', at, sent)).toMatchObject({
      http: 200,
      statusCode: 2001,
      message: expect.stringContaining('evses[1]'),
    });
    expect((await partner.send('GET', at)).http).toBe(404);
  });

  it('statuses that arrive at the same time are all kept', async () => {
    const partner = await havePartner('2.3.0');
    const one = goldenDocument('2.3.0', 'evse');
    const list = Array.from({ length: 6 }, (_none, n) => ({ ...one, uid: `E${n}` }));
    await partner.send('PUT', at, goldenDocument('2.3.0', 'location', { evses: list }));

    const answers = await Promise.all(
      list.map(({ uid }, n) =>
        partner.send('PATCH', `${at}/${uid}`, {
          status: 'CHARGING',
          last_updated: `2026-05-01T08:00:0${n}Z`,
        }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(list.map(() => 1000));
    const held = await dataOf(partner, at);
    expect(held['last_updated']).toBe('2026-05-01T08:00:05Z');
    const statuses = (held['evses'] as readonly Golden[]).map(({ status }) => status);
    expect(statuses).toEqual(list.map(() => 'CHARGING'));
  });
});
