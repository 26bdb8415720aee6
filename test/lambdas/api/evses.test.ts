import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { countRequests } from '../count-requests.ts';
import { newLocation } from '../one-of-everything.ts';
import { type Body, plugIn, settle } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;
const tariffs = { connector: '', charger: '', location: '', operator: '' };
type Place = keyof typeof tariffs;
const places = Object.keys(tariffs) as Place[];

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'Unused', currency: 'EUR', perKwh: '9' },
  });
  for (const place of places) {
    const form = { name: place, currency: 'EUR', perKwh: '0.30' };
    tariffs[place] = String((await site.call('POST', '/tariffs', form)).body['tariffId']);
  }
});
afterAll(async () => {
  await site.close();
});
beforeEach(async () => {
  await site.call('PUT', '/settings', {});
});

const connector = {
  connectorId: 1,
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  powerType: 'AC_3_PHASE',
  maxVoltage: 230,
  maxAmperage: 32,
};
const evse = { evseId: 1, emi3Id: 'PT*ABC*E1', physicalReference: 'left', connectors: [connector] };

const locate = async (form: object = {}): Promise<string> =>
  String((await site.call('POST', '/locations', { ...newLocation, ...form })).body['locationId']);

let count = 0;
const register = async (form: object): Promise<string> => {
  count += 1;
  const chargerId = `E-${count}`;
  expect((await site.call('POST', '/chargers', { chargerId, ...form })).status).toBe(201);
  return chargerId;
};

const keyOf = (chargerId: string) => chargerKey(site.operator.operatorId, chargerId);
const connect = async (chargerId: string) => await plugIn(site.database, keyOf(chargerId));

/** Things numbered from 1. */
const several = <T>(length: number, of: (n: number) => T): readonly T[] =>
  Array.from({ length }, (_none, index) => of(index + 1));

describe('the EVSEs of a charger', () => {
  it('what was said of EVSEs and connectors is shown as it was said, replaced as a whole, and removed', async () => {
    const chargerId = await register({ evses: [{ ...evse, emi3Id: 'pt*abc*e1' }] });
    const path = `/chargers/${chargerId}`;

    expect((await site.call('GET', path)).body).toMatchObject({
      evses: [evse],
      connectors: [{ evseId: 1, connectorId: 1, status: null }],
    });
    const two = [
      { evseId: 2, connectors: [{ connectorId: 1 }, { connectorId: 2, standard: 'CHADEMO' }] },
    ];
    expect((await site.call('PATCH', path, { evses: two })).body).toMatchObject({
      evses: two,
      connectors: [
        { evseId: 2, connectorId: 1 },
        { evseId: 2, connectorId: 2 },
      ],
    });
    expect((await site.call('PATCH', path, { evses: null })).body).toMatchObject({
      evses: [],
      connectors: [],
    });
  });

  it.each([
    ['an EVSE id that is not one of eMI3', [{ ...evse, emi3Id: 'ABC' }], 'body.evses.0.emi3Id'],
    ['an EVSE 0', [{ ...evse, evseId: 0 }], 'body.evses.0.evseId'],
    [
      'a capability that OCPI does not know',
      [{ ...evse, capabilities: ['FLYING'] }],
      'body.evses.0.capabilities.0',
    ],
    [
      'a reference of 17 characters',
      [{ ...evse, physicalReference: 'x'.repeat(17) }],
      'body.evses.0.physicalReference',
    ],
    ['no connector', [{ ...evse, connectors: [] }], 'body.evses.0.connectors'],
    [
      '9 connectors',
      [{ ...evse, connectors: several(9, (n) => ({ connectorId: n })) }],
      'body.evses.0.connectors',
    ],
    ['the same EVSE twice', [evse, { ...evse, emi3Id: 'PT*ABC*E2' }], 'body.evses'],
    ['the same EVSE id twice', [evse, { ...evse, evseId: 2 }], 'body.evses'],
    ['the same connector twice', [{ ...evse, connectors: [connector, connector] }], 'body.evses'],
    ['no EVSE', [], 'body.evses'],
    ['33 EVSEs', several(33, (n) => ({ evseId: n, connectors: [connector] })), 'body.evses'],
    [
      'a standard that OCPI does not know',
      [{ ...evse, connectors: [{ ...connector, standard: 'T2' }] }],
      'body.evses.0.connectors.0.standard',
    ],
    [
      'a format that OCPI does not know',
      [{ ...evse, connectors: [{ ...connector, format: 'PLUG' }] }],
      'body.evses.0.connectors.0.format',
    ],
    [
      'half a volt',
      [{ ...evse, connectors: [{ ...connector, maxVoltage: 0.5 }] }],
      'body.evses.0.connectors.0.maxVoltage',
    ],
  ])('EVSEs with %s are refused and the path of the value is named', async (_name, evses, path) => {
    const answer = await site.call('POST', '/chargers', { chargerId: 'never', evses });

    expect(answer.code).toBe('INVALID_REQUEST');
    expect(answer.body['details']).toMatchObject([{ path }]);
  });

  it('a connector cannot have a tariff that its operator does not have', async () => {
    const evses = [{ evseId: 1, connectors: [{ connectorId: 1, tariffId: 'tar_none' }] }];

    const answer = await site.call('POST', '/chargers', { chargerId: 'never', evses });

    expect(answer.code).toBe('TARIFF_NOT_FOUND');
  });
});

/** A page of EVSEs as it is answered, at the cost that it may have. */
async function evsePage(locationId: string, limit: number, cursor: unknown): Promise<Body> {
  let body: Body = {};
  const query = `limit=${limit}${cursor === undefined ? '' : `&cursor=${cursor}`}`;
  const { reads } = await countRequests(site.database, async () => {
    ({ body } = await site.call('GET', `/locations/${locationId}/evses?${query}`));
  });
  expect(reads.filter((one) => one === 'Query').length).toBeLessThanOrEqual(1 + limit + 1);
  return body;
}

/** The EVSEs of a location, page by page. */
async function evsePages(locationId: string, limit: number): Promise<readonly (readonly Body[])[]> {
  const pages: (readonly Body[])[] = [];
  let cursor: unknown;
  do {
    const { items = [], nextCursor } = await evsePage(locationId, limit, cursor);
    pages.push(items);
    cursor = nextCursor;
  } while (cursor !== null);
  return pages;
}

describe('the EVSEs of a location', () => {
  it('a location shows its EVSEs with their status in the words of OCPI, as its chargers report it', async () => {
    const locationId = await locate();
    const chargerId = await register({ locationId, evses: [evse] });
    const shown = async () =>
      ((await site.call('GET', `/locations/${locationId}`)).body['evses'] as Body[])[0];
    expect(await shown()).toMatchObject({
      ...{ chargerId, status: 'UNKNOWN', emi3Id: 'PT*ABC*E1', physicalReference: 'left' },
      connectors: [{ ...connector, status: null, missing: [], tariff: null }],
    });
    const charger = await connect(chargerId);
    await takeOver(site.database, keyOf(chargerId), {
      ...{ connectionId: 'evses', protocol: 'ocpp1.6', connectedAt: new Date().toISOString() },
    });
    for (const [status, word] of [
      ['Available', 'AVAILABLE'],
      ['Charging', 'CHARGING'],
      ['Faulted', 'OUTOFORDER'],
    ] as const) {
      const errorCode = status === 'Faulted' ? 'GroundFailure' : 'NoError';
      await charger.call('StatusNotification', { connectorId: 1, status, errorCode });
      await settle(site.database, keyOf(chargerId));

      expect(await shown()).toMatchObject({ status: word, connectors: [{ status }] });
    }
  });

  it('a connector says what it lacks to be seen by roaming partners', async () => {
    const locationId = await locate();
    await register({ locationId, connectors: 1 });

    const { evses } = (await site.call('GET', `/locations/${locationId}`)).body;

    const missing = ['standard', 'format', 'powerType', 'maxVoltage', 'maxAmperage'];
    expect(evses).toMatchObject([{ connectors: [{ missing }] }]);
  });

  it('the EVSEs of a location are listed page by page, each once and none more than the limit, at one query and one for each charger', async () => {
    const locationId = await locate();
    const mine: string[] = [];
    for (const connectors of [2, 3, 1, 4, 2]) {
      const chargerId = await register({ locationId, connectors });
      for (let n = 1; n <= connectors; n += 1) mine.push(`${chargerId} ${n}`);
      await register({ locationId: await locate(), connectors: 2 });
    }
    for (const limit of [1, 2, 3, 5, 12, 100]) {
      const pages = await evsePages(locationId, limit);
      // Only the last page is not full.
      expect(pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
      const found = pages.flat().map((one) => `${one['chargerId']} ${one['evseId']}`);
      expect([limit, found]).toEqual([limit, mine.toSorted()]);
    }
  });
});

describe('the tariff of a connector', () => {
  it('the nearest tariff wins: that of the connector, else of its charger, its location or its operator, and each connector shows which and why', async () => {
    const has = fc.record({
      ...{ connector: fc.boolean(), charger: fc.boolean() },
      ...{ location: fc.boolean(), operator: fc.boolean() },
    });
    await fc.assert(
      fc.asyncProperty(has, async (given) => {
        const of = (place: Place) => (given[place] ? { tariffId: tariffs[place] } : {});
        await site.call('PUT', '/settings', of('operator'));
        const locationId = await locate(of('location'));
        const evses = [
          { evseId: 1, connectors: [{ connectorId: 1, ...of('connector') }] },
          { evseId: 2, connectors: [{ connectorId: 2 }] },
        ];
        const chargerId = await register({ locationId, evses, ...of('charger') });
        const nearest = places.find((place) => given[place]);
        const others = places.find((place) => given[place] && place !== 'connector');
        const shown = (place: Place | undefined) =>
          place === undefined ? null : { tariffId: tariffs[place], of: place };

        const { connectors } = (await site.call('GET', `/chargers/${chargerId}`)).body;
        expect(connectors).toMatchObject([{ tariff: shown(nearest) }, { tariff: shown(others) }]);
        const charger = await connect(chargerId);
        const { transactionId } = await charger.call('StartTransaction', start());
        await charger.call('StopTransaction', stop(transactionId));
        // A stop without its start names no connector.
        await charger.call('StopTransaction', stop(4711));
        const listed = await site.call('GET', `/sessions?chargerId=${chargerId}`);
        const tariffIds = listed.body.items?.map((one) => one['tariffId']);
        const idOf = (place: Place | undefined) => (place === undefined ? null : tariffs[place]);
        expect(tariffIds?.toSorted()).toEqual([idOf(nearest), idOf(others)].toSorted());
      }),
      { numRuns: 6 },
    );
  });

  it('a transaction of OCPP 2 that names its connector has the tariff of that connector', async () => {
    const evses = [
      {
        evseId: 1,
        connectors: [{ connectorId: 1 }, { connectorId: 2, tariffId: tariffs.connector }],
      },
    ];
    const chargerId = await register({ evses, tariffId: tariffs.charger });
    const charger = await plugIn(site.database, keyOf(chargerId), Date.now(), 'ocpp2.0.1');
    const tariffOn = async (transactionId: string, place: object) => {
      await charger.call('TransactionEvent', {
        ...{ eventType: 'Started', timestamp: '2026-04-14T16:30:00Z', seqNo: 0 },
        ...{ triggerReason: 'Authorized', transactionInfo: { transactionId } },
        idToken: { idToken: 'TAG1', type: 'ISO14443' },
        evse: place,
      });
      const { items } = (await site.call('GET', `/sessions?chargerId=${chargerId}`)).body;
      return items?.find((one) => one['transactionId'] === transactionId)?.['tariffId'];
    };

    expect(await tariffOn('second', { id: 1, connectorId: 2 })).toBe(tariffs.connector);
    expect(await tariffOn('first', { id: 1 })).toBe(tariffs.charger);
  });
});
