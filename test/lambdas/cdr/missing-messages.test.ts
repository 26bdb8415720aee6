import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { askForCdr } from '../../../lambdas/store/sessions/unsealed-sessions.ts';
import { cdrHelpers, codesOf, settle, type TestCharger } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;
let charger: TestCharger;
/** When the session ended, by the charger's clock and ours. */
let now: number;
let asked: { readonly sessionId: string; readonly seconds: number }[] = [];

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22 },
  });
});

beforeEach(async () => {
  await site.register();
  await site.call('PUT', '/settings', {});
  now = Date.now();
  charger = await site.plugIn(now, 'ocpp2.0.1');
  asked = [];
});

afterAll(async () => {
  await site.close();
});

const before = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

const event = (eventType: string, seqNo: number, minutesAgo: number, more: object = {}) => ({
  eventType,
  seqNo,
  timestamp: before(minutesAgo),
  triggerReason: 'MeterValuePeriodic',
  transactionInfo: { transactionId: 'tx-1' },
  meterValue: [
    { timestamp: before(minutesAgo), sampledValue: [{ value: 7000 - minutesAgo * 100 }] },
  ],
  ...more,
});

const started = () =>
  event('Started', 0, 60, {
    idToken: { idToken: 'TAG1', type: 'ISO14443' },
    evse: { id: 1, connectorId: 1 },
  });
const ended = () => event('Ended', 3, 0);

const helpers = {
  ...cdrHelpers,
  waitForMessages: async ({ sessionId }: { readonly sessionId: string }, seconds: number) => {
    asked.push({ sessionId, seconds });
  },
};

/** Sends messages and does all that follows from them; gives the CDR of the session. */
async function send(messages: readonly object[]) {
  for (const one of messages) await charger.call('TransactionEvent', one);
  await settle(site.database, site.chargerId, helpers);
  return await theCdr();
}

async function theCdr() {
  const [session] = await site.sessions();
  return await site.call('GET', `/sessions/${session?.['sessionId']}/cdr`);
}

it('a session of which a message is missing has no CDR yet, and is looked at again in a minute', async () => {
  const { code } = await send([started(), event('Updated', 1, 40), ended()]);
  expect(code).toBe('CDR_NOT_READY');
  const [session] = await site.sessions();
  expect(asked[0]).toEqual({ sessionId: session?.['sessionId'], seconds: 60 });
});

it('a message that was missing is billed as soon as it is there', async () => {
  await send([started(), event('Updated', 1, 40), ended()]);
  charger = await site.plugIn(now + 30_000, 'ocpp2.0.1');
  const { body } = await send([event('Updated', 2, 20)]);
  expect(body).toMatchObject({ state: 'sealed', energyKwh: 6, anomalies: [] });
});

it('a session of which the start is missing waits for it, where the charger numbers its messages', async () => {
  const end = event('Ended', 3, 0, { evse: { id: 1, connectorId: 1 } });
  expect((await send([event('Updated', 2, 20), end])).code).toBe('CDR_NOT_READY');
  const { body } = await send([event('Updated', 1, 40), started()]);
  expect(body).toMatchObject({ state: 'sealed', energyKwh: 6, anomalies: [] });
});

it('a session whose messages do not come in time is held and says why', async () => {
  await send([started(), event('Updated', 1, 40), ended()]);
  await site.call('PUT', '/settings', { missingMessages: { waitMinutes: 0 } });
  const [session] = await site.sessions();
  await askForCdr(site.database, String(session?.['sessionId']), before(0));
  const { body } = await send([]);
  expect(body).toMatchObject({ state: 'held' });
  expect(codesOf(body)).toContain('SEQ_GAP');
});

it('a session that was held does not wait again, and is billed by what arrives after all', async () => {
  await site.call('PUT', '/settings', { missingMessages: { waitMinutes: 0 } });
  expect((await send([started(), event('Updated', 1, 40), ended()])).body['state']).toBe('held');
  await site.call('PUT', '/settings', { missingMessages: { waitMinutes: 1440 } });
  const { body } = await send([event('Updated', 1, 39)]);
  expect(body['state']).toBe('held');
  expect(asked).toEqual([]);
});

/** A session of OCPP 1.6 whose start has not been processed, and what of chargers waits to be. */
async function sendWithoutStart(waiting: number): Promise<string | undefined> {
  charger = await site.plugIn(now, 'ocpp1.6');
  const transactionId = 4711;
  const meterStop = { transactionId, meterStop: 9000, timestamp: before(0), idTag: 'TAG1' };
  await charger.call('StopTransaction', meterStop);
  const busy = { ...helpers, countWaiting: async () => waiting };
  await settle(site.database, site.chargerId, busy);
  return (await theCdr()).code ?? String((await theCdr()).body['state']);
}

it('a stop without its start waits while messages of chargers wait to be processed, as after an outage', async () => {
  expect(await sendWithoutStart(3)).toBe('CDR_NOT_READY');
  const [session] = await site.sessions();
  expect(asked[0]).toEqual({ sessionId: session?.['sessionId'], seconds: 60 });
  const { body } = await send([]);
  expect(body).toMatchObject({ state: 'held' });
  expect(codesOf(body)).toContain('STOP_WITHOUT_START');
});

it('a stop without its start is held at once where no message waits', async () => {
  expect(await sendWithoutStart(0)).toBe('held');
  expect(asked).toEqual([]);
});
