import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';
import { ended, started, tag } from './v201-events.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: '04A2B3C4', accountId: 'acc-1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22, connectors: 2 },
  });
});

afterAll(async () => {
  await site.close();
});

const settings = async (ignoreTagSpaces: boolean) => {
  expect((await site.call('PUT', '/settings', { ignoreTagSpaces })).status).toBe(200);
  await site.register();
};

/** The token in the CDR of the only session of the charger. */
const billed = async () => {
  await site.settle();
  const [session] = await site.sessions();
  const { tokenId, accountId, state } = await site.cdrOf(session);
  return { tokenId, accountId, state };
};

const ofAccount = { tokenId: '04A2B3C4', accountId: 'acc-1', state: 'sealed' };

describe('a reader that writes the bytes of a card apart', () => {
  it('with ignoreTagSpaces a tag of OCPP 1.6 is accepted, begins and ends its session, and is billed to its account', async () => {
    await settings(true);
    const charger = await site.heardAt(90);
    const accepted = { status: 'Accepted' };

    const { idTagInfo } = await charger.call('Authorize', { idTag: ' 04 A2 B3 C4' });
    expect(idTagInfo).toMatchObject(accepted);
    const begun = await charger.call('StartTransaction', start({ idTag: '04 a2 b3 c4' }));
    expect(begun['idTagInfo']).toMatchObject(accepted);
    const stopped = stop(begun['transactionId'], { idTag: '04A2 B3C4' });
    expect((await charger.call('StopTransaction', stopped))['idTagInfo']).toMatchObject(accepted);
    expect(await billed()).toMatchObject({
      ...ofAccount,
      tokenId: expect.stringMatching(/^04A2B3C4$/i),
    });
  });

  it('with ignoreTagSpaces a tag of OCPP 2.0.1 is accepted and billed to its account', async () => {
    await settings(true);
    const charger = await site.plugIn(Date.parse(at(70)), 'ocpp2.0.1');
    const begun = started({ idToken: tag('04 A2 B3 C4') });

    const answer = await charger.call('TransactionEvent', begun);
    expect(answer).toMatchObject({ idTokenInfo: { status: 'Accepted' } });
    await charger.call('TransactionEvent', ended(1));
    expect(await billed()).toEqual(ofAccount);
  });

  it('without it a tag with spaces is another one', async () => {
    await settings(false);
    const charger = await site.heardAt(90);

    const { idTagInfo } = await charger.call('Authorize', { idTag: '04 A2 B3 C4' });
    expect(idTagInfo).toEqual({ status: 'Invalid' });
  });

  it('with ignoreTagSpaces a token with spaces, which no charger could present, cannot be registered', async () => {
    await settings(true);
    const refused = await site.call('POST', '/tokens', { tokenId: '04 FF' });
    expect(refused.code).toBe('INVALID_REQUEST');
    expect(JSON.stringify(refused.body)).toContain('ignoreTagSpaces');

    await settings(false);
    expect((await site.call('POST', '/tokens', { tokenId: '04 FF' })).status).toBe(201);
  });
});
