import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeCdr } from '../../../lambdas/cdr/make-cdr.ts';
import { at, type Body, cdrHelpers, type TestCharger } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;
let charger: TestCharger;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22, connectors: 2 },
  });
});

afterAll(async () => {
  await site.close();
});

const next = async () => {
  await site.register();
  charger = await site.plugIn(Date.parse(at(70)), 'ocpp2.0.1');
};

beforeEach(next);

type Evse = { readonly id: number; readonly connectorId?: number };

const event = (eventType: string, seqNo: number, minute: number, more: object = {}) => ({
  eventType,
  seqNo,
  timestamp: at(minute),
  triggerReason: 'ChargingStateChanged',
  transactionInfo: { transactionId: 'tx-1', chargingState: 'Charging' },
  ...more,
});

const register = (minute: number, wh: number) => ({
  meterValue: [{ timestamp: at(minute), sampledValue: [{ value: wh }] }],
});

const started = (evse?: Evse) =>
  event('Started', 0, 0, {
    ...register(0, 1000),
    idToken: { idToken: 'TAG1', type: 'ISO14443' },
    evse,
  });
const updated = (evse?: Evse) => event('Updated', 1, 10, { evse });
const ended = (evse?: Evse) => event('Ended', 2, 60, { ...register(60, 7000), evse });

const status = (connectorStatus: string, minute: number, evseId: number, connectorId: number) => ({
  connectorStatus,
  evseId,
  connectorId,
  timestamp: at(minute),
});

async function send(...events: readonly object[]): Promise<void> {
  for (const one of events) await charger.call('TransactionEvent', one);
  await site.settle();
}

const connectors = async (): Promise<readonly Body[]> =>
  (await site.call('GET', `/chargers/${site.chargerId}`)).body['connectors'] as Body[];

const theCdr = async () => await site.cdrOf((await site.sessions())[0]);

it('a session whose messages name an EVSE and no connector is on its first one', async () => {
  await send(started({ id: 2 }), updated({ id: 2 }), ended({ id: 2 }));
  expect(await theCdr()).toMatchObject({
    evseId: 2,
    connectorId: 1,
    state: 'sealed',
    anomalies: [],
  });
});

const whole = { id: 1 };
const named = { id: 1, connectorId: 2 };

/** The EVSEs that start, update and end of a session name: one of the three names the second connector. */
const places = fc.constantFrom(
  [named, whole, whole],
  [whole, named, undefined],
  [whole, undefined, named],
  [undefined, named, whole],
  [undefined, whole, named],
);
const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });

/** Sends start, update and end of a session in an order; the start comes again at the end, as of a charger that got no answer. */
async function sendInOrder(
  [first, second, third]: readonly (Evse | undefined)[],
  indices: readonly number[],
): Promise<void> {
  const all = [started(first), updated(second), ended(third)];
  for (const index of indices) await charger.call('TransactionEvent', all[index]);
  await send(started(first));
}

it('a session is on the connector that any of its messages names, in whatever order they come', async () => {
  await fc.assert(
    fc.asyncProperty(places, order, async (evses, indices) => {
      await next();
      await sendInOrder(evses, indices);
      expect((await site.sessions())[0]).toMatchObject({ evseId: 1, connectorId: 2 });
    }),
    { numRuns: 8 },
  );
});

it('the tariff of a connector holds for its sessions, whichever of their messages names it, in whatever order they come', async () => {
  const fast = { name: 'Fast', currency: 'EUR', perKwh: '0.80' };
  const tariffId = (await site.call('POST', '/tariffs', fast)).body['tariffId'];
  const evses = [{ evseId: 1, connectors: [{ connectorId: 1 }, { connectorId: 2, tariffId }] }];
  await fc.assert(
    fc.asyncProperty(places, order, async (said, indices) => {
      await next();
      await site.call('PATCH', `/chargers/${site.chargerId}`, { evses });
      await sendInOrder(said, indices);
      expect((await theCdr())['total']).toMatchObject({ exclVat: '4.80' });
    }),
    { numRuns: 8 },
  );
});

it('a CDR has the place that any message of its session names, and the tariff of that, also where it is made before the other functions have read one of them', async () => {
  const fast = { name: 'Fast', currency: 'EUR', perKwh: '0.80' };
  const tariffId = (await site.call('POST', '/tariffs', fast)).body['tariffId'];
  const evses = [{ evseId: 1, connectors: [{ connectorId: 1 }, { connectorId: 2, tariffId }] }];
  await fc.assert(
    fc.asyncProperty(places, order, async (said, indices) => {
      await next();
      await site.call('PATCH', `/chargers/${site.chargerId}`, { evses });
      const all = [started(said[0]), updated(said[1]), ended(said[2])];
      for (const index of indices) await charger.call('TransactionEvent', all[index]);
      const [session] = await site.sessions();
      const outcome = await makeCdr(site.database, cdrHelpers, String(session?.['sessionId']));
      expect(outcome).toBe('sealed');
      await site.settle();
      const place = { evseId: 1, connectorId: 2 };
      expect(await theCdr()).toMatchObject({ ...place, total: { exclVat: '4.80' } });
      expect((await site.sessions())[0]).toMatchObject(place);
    }),
    { numRuns: 8 },
  );
});

it('a CDR that is decided before a message names its place is sealed as it was seen', async () => {
  await send(started(), ended());
  const { cdrId, evseId } = await theCdr();
  const decision = { decision: 'setEnergy', energyKwh: 5, reason: 'Agreed with the driver.' };
  expect((await site.call('POST', `/cdrs/${cdrId}/resolve`, decision)).status).toBe(202);
  await send(updated(named));

  expect(evseId).toBe(0);
  expect(await theCdr()).toMatchObject({ state: 'sealed', evseId: 0, energyKwh: 5 });
});

it('meter values of an EVSE, outside of its transaction, are those of the connector that charges', async () => {
  await send(started({ id: 1, connectorId: 2 }));
  await charger.call('MeterValues', { evseId: 1, ...register(30, 4000) });
  await charger.call('MeterValues', { evseId: 2, ...register(40, 99_000) });
  await site.settle();
  const [session] = await site.sessions();
  expect(session).toMatchObject({ state: 'active', energyKwh: 3 });
  await send(event('Ended', 1, 60, { evse: { id: 1, connectorId: 2 } }));
  expect(await theCdr()).toMatchObject({ evseId: 1, connectorId: 2, energyKwh: 3 });
});

it('a session has no state of the other connector of its EVSE', async () => {
  await send(started({ id: 1, connectorId: 2 }));
  await charger.call('StatusNotification', status('Available', 5, 1, 1));
  await charger.call('StatusNotification', status('Faulted', 6, 1, 1));
  await send(updated(), ended({ id: 1, connectorId: 2 }));
  expect(await theCdr()).toMatchObject({ state: 'sealed', chargingSeconds: 3600, idleSeconds: 0 });
  const readings = await site.countedOf((await site.sessions())[0]);
  expect(readings.map(({ kind }) => kind)).toEqual(['event', 'event', 'stop']);
});

it('the status that a transaction shows of an EVSE is that of the connector it is on', async () => {
  await charger.call('StatusNotification', status('Available', -5, 1, 1));
  await charger.call('StatusNotification', status('Available', -5, 1, 2));
  await send(started({ id: 1, connectorId: 2 }));
  await send(updated({ id: 1 }));
  expect(await connectors()).toMatchObject([
    { evseId: 1, connectorId: 1, status: 'Available' },
    { evseId: 1, connectorId: 2, status: 'Charging', statusAt: at(10) },
    { evseId: 2, status: null },
  ]);
});

it('the status of a whole EVSE is that of each of its connectors', async () => {
  await charger.call('StatusNotification', status('Available', 0, 1, 1));
  await charger.call('StatusNotification', status('Available', 0, 1, 2));
  await charger.call('StatusNotification', status('Unavailable', 1, 1, 0));
  await charger.call('StatusNotification', status('Unavailable', 1, 2, 0));
  await site.settle();
  expect(await connectors()).toMatchObject([
    { evseId: 1, connectorId: 1, status: 'Unavailable' },
    { evseId: 1, connectorId: 2, status: 'Unavailable' },
    { evseId: 2, connectorId: 1, status: 'Unavailable' },
  ]);
});

it('the status of the whole charger is that of none of its connectors', async () => {
  await charger.call('StatusNotification', status('Available', 0, 1, 1));
  await charger.call('StatusNotification', status('Unavailable', 1, 0, 0));
  await site.settle();
  expect(await connectors()).toMatchObject([
    { evseId: 1, connectorId: 1, status: 'Available' },
    { evseId: 2, status: null },
  ]);
});

it('a repeated start that names the EVSE alone is the same start', async () => {
  await send(started({ id: 1 }), updated({ id: 1, connectorId: 2 }));
  await send(started({ id: 1 }), ended());
  expect(await site.sessions()).toHaveLength(1);
  expect(await theCdr()).toMatchObject({ connectorId: 2, state: 'sealed', anomalies: [] });
});
