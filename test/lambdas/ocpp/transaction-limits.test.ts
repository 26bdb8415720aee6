import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { minorUnits } from '../../../core/payment/minor-units.ts';
import { changeAttempt, createAttempt } from '../../../lambdas/store/payments/attempts.ts';
import { countRequests } from '../count-requests.ts';
import { at, type TestCharger } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';
import { ended, event, evse, started, updated } from './v201-events.ts';

const attemptId = `pay${'a'.repeat(17)}`;
let site: TestSite;
let charger: TestCharger;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }, { tokenId: 'FREE' }, { tokenId: attemptId }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22, connectors: 2 },
  });
});
afterAll(async () => {
  await site.close();
});

let accounts = 0;

/** Gives TAG1 an account with limits, in its currency, and connects a new charger. */
async function limited(limits: object, currency = 'EUR', protocol: Protocol = 'ocpp2.1') {
  accounts += 1;
  const accountId = `fleet-${accounts}`;
  const account = { accountId, name: 'Fleet', currency, limits };
  expect((await site.call('POST', '/accounts', account)).status).toBe(201);
  expect((await site.call('PUT', '/tokens/TAG1', { accountId })).status).toBe(200);
  await site.register();
  charger = await site.plugIn(Date.parse(at(0)), protocol);
}

const limitIn = async (payload: object): Promise<unknown> =>
  (await charger.call('TransactionEvent', payload))['transactionLimit'];
const token = (idToken: string) => ({ idToken: { idToken, type: 'Central' } });

describe('the limit of a transaction of OCPP 2.1', () => {
  it('a charger is given what is left of the limits of the account that pays, with its start and with each token after it', async () => {
    await limited({ energyKwh: '30', inclVat: '20.5' });
    const whole = { maxEnergy: 30_000, maxCost: 20.5 };
    expect(await limitIn(started())).toEqual(whole);
    expect(await limitIn(started())).toEqual(whole);
    expect(await limitIn(updated(1, 20))).toBeUndefined();
    await site.settle();
    // The use of the session itself is within its limit.
    expect(
      await limitIn(updated(2, 21, { idToken: { idToken: 'TAG1', type: 'Central' } })),
    ).toEqual(whole);
    expect(await limitIn(ended(3, token('TAG1')))).toBeUndefined();
    await site.settle();
  });

  it('money of another currency than that of the tariff is no limit of a transaction, and energy is', async () => {
    await limited({ energyKwh: '40', inclVat: '20' }, 'CHF');
    expect(await limitIn(started())).toEqual({ maxEnergy: 40_000 });
    await limited({ inclVat: '20' }, 'CHF');
    expect(await limitIn(started())).toBeUndefined();
  });

  it('a session that a card pays is limited by what can be held of it', async () => {
    await limited({});
    await createAttempt(site.database, {
      attemptId,
      operatorId: site.operator.operatorId,
      chargerKey: site.chargerKey,
      chargerId: site.chargerId,
      ...{ evseId: 1, connectorId: 1, currency: 'EUR' },
      hold: minorUnits(5000n),
      mostHold: minorUnits(12_050n),
      createdAt: at(0),
      pageUrl: 'https://pay.example/p',
      description: 'Charging',
    });
    // A session that begins before its token is known is limited with it.
    const bare = event('Started', 0, 0, { triggerReason: 'CablePluggedIn', evse });
    expect(await limitIn(bare)).toBeUndefined();
    expect(await limitIn(updated(1, 1, token(attemptId.toUpperCase())))).toEqual({
      maxCost: 120.5,
    });
    // Once a raise was refused, what is held by then is all that there will be.
    await changeAttempt(site.database, attemptId, {
      isRaiseRefused: true,
      heldAtMost: minorUnits(8_000n),
    });
    expect(await limitIn(updated(2, 2, token(attemptId)))).toEqual({ maxCost: 80 });
  });

  it('there is no limit for a token without an account, for one that is refused, or in OCPP 2.0.1, which has no word for it', async () => {
    await limited({ energyKwh: '30' });
    expect(await limitIn(started(token('FREE')))).toBeUndefined();
    await limited({ energyKwh: '30' });
    expect(await limitIn(started(token('NOBODY')))).toBeUndefined();
    await limited({ energyKwh: '30' }, 'EUR', 'ocpp2.0.1');
    expect(await limitIn(started())).toBeUndefined();
  });

  it('a limit costs no request where the account has none in money, and else those for the currency of the tariff', async () => {
    const requestsFor = async (limits: object, protocol: Protocol): Promise<number> => {
      await limited(limits, 'EUR', protocol);
      const start = () => charger.call('TransactionEvent', started());
      const { reads, writes } = await countRequests(site.database, start);
      return reads.length + writes.length;
    };
    const before = await requestsFor({ energyKwh: '900' }, 'ocpp2.0.1');
    expect(await requestsFor({ energyKwh: '900' }, 'ocpp2.1')).toBe(before);
    expect(await requestsFor({ energyKwh: '900', inclVat: '900' }, 'ocpp2.1')).toBe(before + 2);
  });
});
