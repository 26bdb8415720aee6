import '../quiet.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import {
  beginLateSession,
  byTheHour,
  type LateSession,
  settleLate,
} from '../corrections/late-plant.ts';
import { newLocation } from '../one-of-everything.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { type Steps, type StreamRecord, startSteps } from '../run-steps.ts';

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

let chargers = 0;

type Depot = {
  readonly operator: TestOperator;
  readonly tariffId: string;
  readonly locationId: string;
  /** A session whose sealed CDR bills 10 kWh for 4.50 EUR. */
  readonly charge: () => Promise<LateSession>;
};

async function newDepot(): Promise<Depot> {
  const operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1', accountId: 'acc1' });
  const tariffId = String((await operator.call('POST', '/tariffs', byTheHour)).body['tariffId']);
  const made = await operator.call('POST', '/locations', { ...newLocation, timeZone: 'UTC' });
  const locationId = String(made.body['locationId']);
  const charge = async (): Promise<LateSession> => {
    chargers += 1;
    const chargerId = `DEPOT-${chargers}`;
    await operator.call('POST', '/chargers', { chargerId, tariffId, locationId, maxPowerKw: 22 });
    const session = await beginLateSession(database, operator, tariffId, chargerId);
    await session.stop();
    await settleLate(database, session);
    return session;
  };
  return { operator, tariffId, locationId, charge };
}

/** The sealed CDRs of an operator, as the stream hands them over. */
const sealedOf = async ({ operator }: Depot): Promise<readonly StreamRecord[]> =>
  (await steps.recordsOf(database.state)).filter(
    ({ dynamodb: { NewImage } }) =>
      NewImage['kind']?.S === 'CDR' && NewImage['pk']?.S?.includes(operator.operatorId),
  );

const deliver = async (Records: readonly StreamRecord[]) => await steps.run('events', { Records });

const sums = async ({ operator }: Depot, path: string) =>
  (await operator.call('GET', `/analytics/${path}`)).body.items;

it('each grouping shows what the sealed CDRs add up to, however often their records are delivered', async () => {
  const depot = await newDepot();
  await depot.charge();
  await depot.charge();
  const records = await sealedOf(depot);
  await deliver(records.slice(0, 1));
  await Promise.all([deliver(records), deliver(records.toReversed())]);

  const one = {
    currency: 'EUR',
    sessions: 1,
    energyKwh: 10,
    revenue: { currency: 'EUR', exclVat: '4.50', inclVat: '4.50' },
    occupiedSeconds: 3600,
    chargingSeconds: 3600,
    idleSeconds: 0,
  };
  const both = {
    ...one,
    sessions: 2,
    energyKwh: 20,
    revenue: { currency: 'EUR', exclVat: '9.00', inclVat: '9.00' },
    occupiedSeconds: 7200,
    chargingSeconds: 7200,
  };
  const day = '2026-04-14';
  expect(await sums(depot, `days?from=${day}&to=${day}`)).toEqual([{ group: day, ...both }]);
  expect(await sums(depot, 'months?from=2026-04&to=2026-04')).toEqual([
    { group: '2026-04', ...both },
  ]);
  const month = 'month=2026-04';
  expect(await sums(depot, `locations?${month}`)).toEqual([{ group: depot.locationId, ...both }]);
  expect(await sums(depot, `tariffs?${month}`)).toEqual([{ group: depot.tariffId, ...both }]);
  expect(await sums(depot, `accounts?${month}`)).toEqual([{ group: 'acc1', ...both }]);
  expect(await sums(depot, `promo-codes?${month}`)).toEqual([]);
  expect(await sums(depot, `chargers?${month}`)).toHaveLength(2);
  expect(await sums(depot, `chargers?${month}&limit=1`)).toMatchObject([one]);
  expect(await sums(depot, 'chargers?month=2026-03')).toEqual([]);
});

it('a charger and a location show which share of the time of all their connectors was occupied', async () => {
  const depot = await newDepot();
  const { locationId, operator } = depot;
  // An hour of 720, and of the 360 since the other was commissioned.
  const { chargerId } = await depot.charge();
  await operator.call('PATCH', `/chargers/${chargerId}`, { connectors: 2 });
  await operator.call('POST', '/chargers', {
    chargerId: 'IDLE-1',
    locationId,
    connectors: 1,
    commissionedAt: '2026-04-16T00:00:00Z',
  });
  await deliver(await sealedOf(depot));

  expect(await sums(depot, 'chargers?month=2026-04')).toMatchObject([
    { group: chargerId, utilisationPercent: '0.06' },
  ]);
  const month = async (asked: string) =>
    (await operator.call('GET', `/analytics/locations/${locationId}?month=${asked}`)).body;
  expect(await month('2026-04')).toMatchObject({
    locationId,
    month: '2026-04',
    chargers: 2,
    connectors: 3,
    utilisationPercent: '0.05',
    sums: [{ group: locationId, currency: 'EUR', sessions: 1, occupiedSeconds: 3600 }],
  });
  expect(await month('2026-03')).toMatchObject({ utilisationPercent: '0.00', sums: [] });
  expect(await month('2014-03')).toMatchObject({ utilisationPercent: null, sums: [] });
  const unknown = await operator.call('GET', '/analytics/locations/loc_nowhere');
  expect(unknown.code).toBe('LOCATION_NOT_FOUND');
});

it('a correction changes the sums by its difference, for the day on which the session ended', async () => {
  const depot = await newDepot();
  const session = await depot.charge();
  await session.read(60, 8000);
  expect(await settleLate(database, session)).toEqual(['corrected']);
  await deliver(await sealedOf(depot));

  expect(await sums(depot, 'days')).toMatchObject([
    {
      group: '2026-04-14',
      sessions: 1,
      energyKwh: 10,
      revenue: { exclVat: '3.60', inclVat: '3.60' },
    },
  ]);
});

it('a CDR that cannot be read holds up no other', async () => {
  const [depot, other] = [await newDepot(), await newDepot()];
  await depot.charge();
  await other.charge();
  const [broken, ...rest] = [...(await sealedOf(depot)), ...(await sealedOf(other))];
  if (broken === undefined) throw new Error('no CDR was sealed');
  const { content: _content, ...NewImage } = broken.dynamodb.NewImage;
  const unreadable = { ...broken, dynamodb: { ...broken.dynamodb, NewImage } };
  const answer = await deliver([unreadable, ...rest]);

  expect(answer).toEqual({
    batchItemFailures: [{ itemIdentifier: broken.dynamodb.SequenceNumber }],
  });
  expect(await sums(other, 'days')).toMatchObject([{ sessions: 1 }]);
});

it.each([
  'days?from=2026-02-30',
  'months?from=2026-13',
  'chargers?month=2026-13',
  'tariffs?month=2026-1',
])('a day or month that does not exist is refused: %s', async (path) => {
  const { operator } = await newDepot();
  const answer = await operator.call('GET', `/analytics/${path}`);

  expect(answer.code).toBe('INVALID_REQUEST');
});
