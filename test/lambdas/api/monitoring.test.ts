import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepStatus } from '../../../lambdas/status/keep-status.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { messageRecords, newOperator, plugIn, settle, type TestOperator } from '../plant.ts';
import { type Steps, startSteps } from '../run-steps.ts';

let database: TestDatabase;
let steps: Steps;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  steps = await startSteps(database);
});
afterAll(async () => {
  steps.stop();
  await database.stop();
});

/** A minute of 1 March 2026, of which all months around it are over. */
const minute = (count: number): string => new Date(Date.UTC(2026, 2, 1, 0, count)).toISOString();

let chargers = 0;

async function newCharger(form: object = {}) {
  chargers += 1;
  const operator = await newOperator(database);
  const chargerId = `WATCH-${chargers}`;
  await operator.call('POST', '/chargers', { chargerId, connectors: 1, ...form });
  const key = `${operator.operatorId}#${chargerId.toLowerCase()}`;
  return { operator, chargerId, key };
}

type Watched = Awaited<ReturnType<typeof newCharger>>;

const report = async (
  { key }: Watched,
  at: number,
  status: string,
  connectorId = 1,
): Promise<void> => {
  const charger = await plugIn(database, key, Date.parse(minute(at)));
  const fault = { connectorId, status, errorCode: 'NoError', timestamp: minute(at) };
  await charger.call('StatusNotification', fault);
};

const statusesOf = async ({ key }: Watched) =>
  (await messageRecords(database)).filter(({ chargerKey }) => chargerKey === key);

const uptimeOf = async ({ operator }: Watched, definition = 'contract', month = '2026-03') => {
  const path = `/monitoring/uptime?definition=${definition}&month=${month}`;
  const [charger] = (await operator.call('GET', path)).body.items ?? [];
  const connectors = charger?.['connectors'] as readonly Record<string, unknown>[] | undefined;
  return connectors?.[0];
};

const marchMinutes = 31 * 1_440;

describe('the uptime of a connector', () => {
  it('in whatever order statuses are processed, and however often, the outages of a month are the same', async () => {
    const course = ['Available', 'Faulted', 'Available', 'Charging', 'Unavailable', 'Available'];
    const minutes = course.map((_status, index) => index * 10);
    const orders = fc.shuffledSubarray([...minutes, ...minutes], { minLength: 2 * minutes.length });

    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const charger = await newCharger();
        for (const [index, status] of course.entries()) await report(charger, index * 10, status);
        const records = await statusesOf(charger);
        for (const at of order) {
          const record = records.find((one) => one.at === minute(at));
          if (record !== undefined) await keepStatus(database, record);
        }
        expect(await uptimeOf(charger)).toMatchObject({
          countedMinutes: marchMinutes,
          outageMinutes: 20,
          isReached: true,
        });
      }),
      { numRuns: 8 },
    );
  });

  it('a status that comes months later changes the month that it is of', async () => {
    const charger = await newCharger();
    await report(charger, 0, 'Available');
    await report(charger, 30, 'Preparing');
    for (const record of await statusesOf(charger)) await keepStatus(database, record);
    expect(await uptimeOf(charger)).toMatchObject({ outageMinutes: 0 });

    await report(charger, 20, 'Faulted');
    for (const record of await statusesOf(charger)) await keepStatus(database, record);

    expect(await uptimeOf(charger)).toMatchObject({ outageMinutes: 10 });
    expect(await uptimeOf(charger, 'contract', '2026-04')).toMatchObject({ outageMinutes: 0 });
  });

  it('time in which a charger could not be heard counts where the definition says so, and being back at once is none', async () => {
    const charger = await newCharger();
    await report(charger, 0, 'Available');
    for (const record of await statusesOf(charger)) await keepStatus(database, record);
    const connection = (connectionId: string, from: number, to?: number) => ({
      pk: { S: `CHARGER#${charger.key}` },
      sk: { S: 'CONNECTION' },
      kind: { S: 'CONNECTION' },
      connectionId: { S: connectionId },
      protocol: { S: 'ocpp1.6' },
      connectedAt: { S: minute(from) },
      ...(to === undefined ? {} : { disconnectedAt: { S: minute(to) } }),
    });
    const cameBack = (old: object, image: object) => ({
      eventName: 'MODIFY',
      dynamodb: { OldImage: old, NewImage: image, SequenceNumber: '1', Keys: {} },
    });
    const Records = [
      cameBack(connection('a', 0, 60), connection('b', 90)),
      cameBack(connection('b', 90, 200), connection('c', 200.5)),
    ];
    for (let n = 0; n < 2; n += 1) {
      expect(await steps.run('events', { Records })).toEqual({ batchItemFailures: [] });
    }

    expect(await uptimeOf(charger)).toMatchObject({ outageMinutes: 30, leftOutMinutes: 0 });
    expect(await uptimeOf(charger, 'uk')).toMatchObject({
      outageMinutes: 0,
      leftOutMinutes: 30,
      uptimePercent: '100.000',
    });
    const { operator } = charger;
    const uptime = { thresholdPercent: { contract: '99.95' }, contract: { offline: 'left-out' } };
    expect((await uptimeOf(charger))?.['uptimePercent']).toBe('99.932');
    await operator.call('PUT', '/settings/monitoring', { uptime });
    expect(await uptimeOf(charger)).toMatchObject({ uptimePercent: '100.000', isReached: true });
  });

  it('a time that the operator excludes counts as the definition says, and counts again when it is deleted', async () => {
    const charger = await newCharger();
    await report(charger, 0, 'Available');
    await report(charger, 100, 'Faulted');
    await report(charger, 200, 'Available');
    for (const record of await statusesOf(charger)) await keepStatus(database, record);
    const path = `/chargers/${charger.chargerId}/uptime-exclusions`;
    const excluded = { from: minute(50), to: minute(150), cause: 'vandalism' };
    const { call } = charger.operator;
    const { exclusionId } = (await call('POST', path, excluded)).body;
    expect((await call('POST', path, excluded)).body['exclusionId']).toBe(exclusionId);
    expect((await call('GET', path)).body.items).toHaveLength(1);

    // 525,600 less the 50 minutes that are nobody's fault but the operator's.
    expect(await uptimeOf(charger, 'nevi')).toMatchObject({
      outageMinutes: 100,
      excludedMinutes: 50,
      uptimePercent: '99.990',
    });
    expect(await uptimeOf(charger)).toMatchObject({ excludedMinutes: 0 });
    await call('DELETE', `${path}/${exclusionId}`);
    expect(await uptimeOf(charger, 'nevi')).toMatchObject({ excludedMinutes: 0 });
    expect((await call('DELETE', `${path}/${exclusionId}`)).code).toBe(
      'UPTIME_EXCLUSION_NOT_FOUND',
    );
  });

  it.each(['contract', 'nevi', 'uk'])(
    'of months before a charger was commissioned, and of those to come, nothing is known by the definition %s',
    async (definition) => {
      const charger = await newCharger({ commissionedAt: minute(0) });
      await report(charger, 10, 'Available');
      for (const record of await statusesOf(charger)) await keepStatus(database, record);

      for (const month of ['2026-02', '2024-12', '2001-01', '2150-01', '9999-12']) {
        expect([month, await uptimeOf(charger, definition, month)]).toMatchObject([
          month,
          { uptimePercent: null, isReached: null, countedMinutes: 0, outageMinutes: 0 },
        ]);
      }
      const path = `/monitoring/uptime?definition=${definition}&month=2026-02`;
      const [before] = (await charger.operator.call('GET', path)).body.items ?? [];
      expect(before).toMatchObject({ from: minute(0), to: minute(0) });
      expect(await uptimeOf(charger, definition)).toMatchObject({ isReached: true });
    },
  );

  it('a charger that is out of service as a whole is so at each connector', async () => {
    const charger = await newCharger();
    await report(charger, 0, 'Available');
    await report(charger, 10, 'Unavailable', 0);
    await report(charger, 25, 'Available', 0);
    for (const record of await statusesOf(charger)) await keepStatus(database, record);

    expect(await uptimeOf(charger)).toMatchObject({ outageMinutes: 15 });
  });
});

/** Charges once, so much energy, until a reason; the events step sees what came of it, twice. */
async function charge(charger: Watched, wh: number, reason: string, meterStart = 1_000) {
  const plug = await plugIn(database, charger.key, Date.parse(minute(60)));
  const begin = { connectorId: 1, idTag: 'TAG1', timestamp: minute(0), meterStart };
  const { transactionId } = await plug.call('StartTransaction', begin);
  const end = { transactionId, timestamp: minute(60), meterStop: meterStart + wh, reason };
  await plug.call('StopTransaction', end);
  await settle(database, charger.key);
  const Records = (await steps.recordsOf(database.state)).filter(({ dynamodb: { NewImage } }) =>
    ['CDR', 'HELD'].includes(NewImage['kind']?.S ?? ''),
  );
  await steps.run('events', { Records });
  await steps.run('events', { Records });
}

async function newSite(): Promise<Watched> {
  const charger = await newCharger({ maxPowerKw: 22 });
  const { call } = charger.operator;
  const tariff = { name: 'T', currency: 'EUR', perKwh: '0.4' };
  const { tariffId } = (await call('POST', '/tariffs', tariff)).body;
  await call('PATCH', `/chargers/${charger.chargerId}`, { tariffId });
  await call('POST', '/tokens', { tokenId: 'TAG1' });
  return charger;
}

const listed = async (operator: TestOperator, list: string) =>
  (await operator.call('GET', `/monitoring/${list}?month=2026-03`)).body.items;

const failedEvents = async (operator: TestOperator) =>
  (await operator.call('GET', '/events?types=session.failed')).body.items?.map(
    ({ data }) => (data as { failure: string }).failure,
  );

describe('sessions that an operator may want to look at', () => {
  it('a session without energy and one that a fault ended are listed once and told once, and one that went well is not', async () => {
    const site = await newSite();
    await charge(site, 40, 'Local');
    expect(await listed(site.operator, 'failed-sessions')).toMatchObject([
      { failure: 'no-energy', energyKwh: 0.04, stopReason: 'Local' },
    ]);
    expect(await failedEvents(site.operator)).toEqual(['no-energy']);

    const other = await newSite();
    await charge(other, 5_000, 'PowerLoss');
    expect(await listed(other.operator, 'failed-sessions')).toMatchObject([
      { failure: 'stopped-by-fault' },
    ]);

    const well = await newSite();
    await charge(well, 5_000, 'Local');
    expect(await listed(well.operator, 'failed-sessions')).toEqual([]);
    expect(await failedEvents(well.operator)).toEqual([]);
  });

  it('the energy up to which a session failed is the operator’s, also for what was listed before', async () => {
    const site = await newSite();
    await charge(site, 300, 'Local');
    expect(await listed(site.operator, 'failed-sessions')).toEqual([]);

    await site.operator.call('PUT', '/settings/monitoring', {
      failedSessions: { noEnergyKwh: '0.3' },
    });

    expect(await listed(site.operator, 'failed-sessions')).toMatchObject([
      { failure: 'no-energy' },
    ]);
  });

  it('a session whose readings contradict what its charger can deliver is listed with its anomalies', async () => {
    const site = await newSite();
    await charge(site, 900_000, 'Local');

    const [session] = (await listed(site.operator, 'abnormal-readings')) ?? [];
    expect(JSON.stringify(session?.['anomalies'])).toMatch(/REG_JUMP|ENERGY_EXCEEDS_PHYSICAL/);
  });
});

describe('the list of chargers', () => {
  it('chargers are found by whether they are online and by the status of a connector, page by page', async () => {
    const operator = await newOperator(database);
    const ids = ['A', 'B', 'C', 'D', 'E'];
    for (const chargerId of ids) await operator.call('POST', '/chargers', { chargerId });
    for (const chargerId of ['B', 'D', 'E']) {
      const key = `${operator.operatorId}#${chargerId.toLowerCase()}`;
      const charger = await plugIn(database, key);
      const timestamp = new Date().toISOString();
      const fault = { connectorId: 1, status: 'Faulted', errorCode: 'GroundFailure', timestamp };
      await charger.call('StatusNotification', fault);
    }
    const own = (await messageRecords(database)).filter(
      (one) => one.operatorId === operator.operatorId,
    );
    for (const record of own) await keepStatus(database, record);
    const found = async (query: string): Promise<readonly unknown[]> => {
      const { items = [], nextCursor } = (await operator.call('GET', `/chargers?${query}`)).body;
      const shown = items.map(({ chargerId }) => chargerId);
      const rest = query.replace(/&cursor=.*/, '');
      return nextCursor === null
        ? shown
        : [...shown, ...(await found(`${rest}&cursor=${nextCursor}`))];
    };

    expect(await found('status=Faulted')).toEqual(['B', 'D', 'E']);
    expect(await found('status=Faulted&limit=1')).toEqual(['B', 'D', 'E']);
    expect(await found('status=Available')).toEqual([]);
    expect(await found('online=false&limit=2')).toEqual(ids);
    expect(await found('online=true')).toEqual([]);
    expect((await operator.call('GET', '/chargers?status=Broken')).code).toBe('INVALID_REQUEST');
  });
});
