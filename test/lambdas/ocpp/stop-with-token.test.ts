import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { countRequests } from '../count-requests.ts';
import { at, type TestCharger } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;
let charger: TestCharger;

beforeAll(async () => {
  site = await openSite({
    tokens: [
      { tokenId: 'TAG1', parentTokenId: 'FLEET', validUntil: '2099-01-01T00:00:00Z' },
      { tokenId: 'TAG2', parentTokenId: 'FLEET' },
      { tokenId: 'TAG3' },
      { tokenId: 'SHORT', validUntil: at(30) },
      { tokenId: 'BLOCKED', status: 'Blocked' },
    ],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
});

beforeEach(async () => {
  await site.register();
  charger = await site.heardAt(90);
});

afterAll(async () => {
  await site.close();
});

const begun = async (idTag = 'TAG1') =>
  (await charger.call('StartTransaction', start({ idTag })))['transactionId'];

const ofTag1 = {
  status: 'Accepted',
  parentIdTag: 'FLEET',
  expiryDate: '2099-01-01T00:00:00.000Z',
};

it('a stop that names the token of its start is answered with what its start was answered, in two requests', async () => {
  const { transactionId, idTagInfo } = await charger.call('StartTransaction', start());
  expect(idTagInfo).toEqual(ofTag1);
  const counted = await countRequests(site.database, async () => {
    const answer = await charger.call('StopTransaction', stop(transactionId, { idTag: 'tag1' }));
    expect(answer).toEqual({ idTagInfo: ofTag1 });
  });
  expect(counted).toEqual({ writes: ['PutItem', 'UpdateItem'], reads: [] });
});

it('a stop that is repeated is answered about its token again', async () => {
  const named = stop(await begun(), { idTag: 'TAG1' });
  await charger.call('StopTransaction', named);
  expect(await charger.call('StopTransaction', named)).toEqual({ idTagInfo: ofTag1 });
});

it.each([
  ['TAG2', { status: 'Accepted', parentIdTag: 'FLEET' }],
  ['TAG3', { status: 'Accepted' }],
  ['BLOCKED', { status: 'Blocked' }],
  ['NOBODY', { status: 'Invalid' }],
])(
  'a stop by another token than that of its start, %s, is answered about that one',
  async (idTag, idTagInfo) => {
    const answer = await charger.call('StopTransaction', stop(await begun(), { idTag }));
    expect(answer).toEqual({ idTagInfo });
  },
);

it('a token that expired while its session ran is answered as expired at the stop', async () => {
  const answer = await charger.call(
    'StopTransaction',
    stop(await begun('SHORT'), { idTag: 'SHORT' }),
  );
  expect(answer).toEqual({ idTagInfo: { status: 'Expired', expiryDate: at(30) } });
});

it('a stop without its start is answered about the token that it names', async () => {
  const answer = await charger.call('StopTransaction', stop(4711, { idTag: 'TAG3' }));
  expect(answer).toEqual({ idTagInfo: { status: 'Accepted' } });
});

it.each([[undefined], ['']])(
  'a stop that names no token, %j, gets no answer about one',
  async (idTag) => {
    expect(await charger.call('StopTransaction', stop(await begun(), { idTag }))).toEqual({});
  },
);
