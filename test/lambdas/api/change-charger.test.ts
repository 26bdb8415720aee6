import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Body, codesOf, newOperator } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;
let path: string;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'Old', currency: 'EUR', perKwh: '0.50' },
    charger: { name: 'Bay 1', maxPowerKw: 22, connectors: 2, timeZone: 'Europe/Berlin' },
  });
});

beforeEach(async () => {
  path = `/chargers/${await site.register()}`;
});

afterAll(async () => {
  await site.close();
});

const patch = async (body?: unknown) => await site.call('PATCH', path, body);
const shown = async () => (await site.call('GET', path)).body;
const pathsOf = ({ body }: { readonly body: Body }) =>
  (body['details'] as readonly { path: string }[]).map((one) => one.path);

async function newTariff(perKwh: string): Promise<string> {
  const made = await site.call('POST', '/tariffs', { name: 'New', currency: 'EUR', perKwh });
  return String(made.body['tariffId']);
}

describe('what a charger was registered with', () => {
  it('a charger is changed field by field, and fields that are not named stay as they were', async () => {
    const tariffId = await newTariff('0.60');
    const [first] = (await shown())['connectors'] as readonly Body[];
    const changes = [
      [{ name: 'Bay 2' }, { name: 'Bay 2' }],
      [{ maxPowerKw: '7.4' }, { maxPowerKw: 7.4 }],
      [{ connectors: 1 }, { connectors: [first] }],
      [{ timeZone: 'Europe/Lisbon' }, { timeZone: 'Europe/Lisbon' }],
      [{ tariffId }, { tariffId, connectors: [{ ...first, tariff: { tariffId, of: 'charger' } }] }],
      [
        { commissionedAt: '2026-03-01T01:00:00+01:00' },
        { commissionedAt: '2026-03-01T00:00:00.000Z' },
      ],
    ];

    let expected = await shown();
    for (const [n, [change, effect]] of changes.entries()) {
      const answer = await patch(change);
      expected = { ...expected, ...effect, version: n + 2 };
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual(expected);
      expect(await shown()).toEqual(expected);
    }
  });

  it('a field of a charger is removed by null; a charger without a time zone of its own is in UTC', async () => {
    const answer = await patch({
      name: null,
      maxPowerKw: null,
      connectors: null,
      timeZone: null,
      tariffId: null,
    });

    expect(answer.body).toMatchObject({
      chargerId: site.chargerId,
      name: null,
      maxPowerKw: null,
      timeZone: 'UTC',
      tariffId: null,
      connectors: [],
    });
    expect((await patch({ name: null })).status).toBe(200);
  });

  it.each([
    { name: '' },
    { name: 'x'.repeat(101) },
    { name: 7 },
    { name: 'half a \ud83d' },
    { maxPowerKw: 0 },
    { maxPowerKw: 10_001 },
    { maxPowerKw: '1e99' },
    { connectors: 0 },
    { connectors: 33 },
    { connectors: 1.5 },
    { timeZone: 'Mars/Olympus' },
    { tariffId: '' },
    { tariffId: 'tar_nobody-has-this' },
    { colour: 'red' },
  ])(
    'a change of a charger to %j is refused as at registration, and changes nothing',
    async (wrong) => {
      const before = await shown();

      const registered = await site.call('POST', '/chargers', { chargerId: 'NEVER', ...wrong });
      const changed = await patch({ timeZone: 'Europe/Paris', ...wrong });

      expect(changed.code).toMatch(/^(?:INVALID_REQUEST|TARIFF_NOT_FOUND)$/);
      expect(changed.code).toBe(registered.code);
      expect(changed.body['details']).toEqual(registered.body['details']);
      expect(await shown()).toEqual(before);
    },
  );

  it('a change of a charger never includes the id or the secrets, and must name a field', async () => {
    expect(pathsOf(await patch({ chargerId: 'CP-77' }))).toContain('body.chargerId');
    expect(pathsOf(await patch({ password: 'x'.repeat(20) }))).toContain('body.password');
    for (const nothing of [undefined, {}, { version: 1 }, 'null', '[]']) {
      expect((await patch(nothing)).code).toBe('INVALID_REQUEST');
    }
    expect((await patch('{"name":')).code).toBe('INVALID_JSON');
  });

  it('a charger belongs to one operator: another one changes its own charger with the same id, or finds none', async () => {
    const other = await newOperator(site.database, 'Other');
    const mine = await shown();
    expect((await other.call('PATCH', path, { name: 'Stolen' })).code).toBe('CHARGER_NOT_FOUND');

    await other.call('POST', '/chargers', { chargerId: site.chargerId });
    const theirs = await other.call('PATCH', path, { name: 'Theirs' });

    expect(theirs.body['name']).toBe('Theirs');
    expect((await other.call('PATCH', path, { tariffId: site.tariffId })).code).toBe(
      'TARIFF_NOT_FOUND',
    );
    expect(await shown()).toEqual(mine);
  });
});

describe('changes that are made at the same time', () => {
  it('simultaneous changes of different fields of a charger all take effect', async () => {
    const changes = [
      { name: 'At once' },
      { maxPowerKw: 11 },
      { connectors: null },
      { timeZone: 'Asia/Tokyo' },
      { tariffId: null },
    ];

    const answers = await Promise.all(changes.map(patch));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await shown()).toMatchObject({
      name: 'At once',
      maxPowerKw: 11,
      connectors: [],
      timeZone: 'Asia/Tokyo',
      tariffId: null,
      version: 6,
    });
  });

  it('of simultaneous changes of a charger based on the same version one succeeds and the others are refused', async () => {
    const { version } = await shown();

    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map(async (name) => await patch({ name, version })),
    );

    const codes = answers.map(({ code }) => code ?? 'changed').toSorted();
    expect(codes).toEqual(['CHARGER_CHANGED', 'CHARGER_CHANGED', 'CHARGER_CHANGED', 'changed']);
    const won = answers.find(({ status }) => status === 200);
    expect(await shown()).toEqual(won?.body);
  });
});

describe('a session', () => {
  const begin = async (charger: Awaited<ReturnType<TestSite['plugIn']>>, facts: object) =>
    (await charger.call('StartTransaction', start(facts as Record<string, unknown>)))[
      'transactionId'
    ];

  it('a session keeps the tariff, power and time zone of its start, and the next one on the same connection has the new ones', async () => {
    const charger = await site.plugIn();
    const first = await begin(charger, {});
    const tariffId = await newTariff('0.90');
    await patch({ tariffId, maxPowerKw: 5, timeZone: 'Asia/Tokyo' });
    await charger.call('StopTransaction', stop(first));
    const second = await begin(charger, { meterStart: 11_000, timestamp: stop(0).timestamp });
    await charger.call(
      'StopTransaction',
      stop(second, { timestamp: '2026-04-14T18:00:00Z', meterStop: 14_000 }),
    );
    await site.settle();

    const [later, earlier] = await site.sessions();
    expect(await site.cdrOf(earlier)).toMatchObject({
      state: 'sealed',
      tariff: { tariffId: site.tariffId },
      total: { inclVat: '5.00' },
    });
    expect(await site.cdrOf(later)).toMatchObject({
      state: 'sealed',
      tariff: { tariffId },
      total: { inclVat: '2.70' },
    });
  });

  it('a session continues on a connector that is no longer registered, and a later one there is reported', async () => {
    const charger = await site.plugIn();
    const first = await begin(charger, { connectorId: 2 });
    expect((await patch({ connectors: 1 })).status).toBe(200);
    const connectors = (await shown())['connectors'] as readonly Body[];
    expect(connectors.map((one) => [one['connectorId'], one['sessionId'] !== null])).toEqual([
      [1, false],
      [2, true],
    ]);
    await charger.call('StopTransaction', stop(first));
    await begin(charger, { connectorId: 2, meterStart: 11_000, timestamp: stop(0).timestamp });
    await site.settle();

    const [later, earlier] = await site.sessions();
    expect(codesOf(earlier)).not.toContain('CONNECTOR_UNKNOWN');
    expect((await site.cdrOf(earlier))['state']).toBe('sealed');
    expect(codesOf(later)).toContain('CONNECTOR_UNKNOWN');
  });
});
