import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import {
  type Body,
  meterValues,
  newOperator,
  plugIn,
  settle,
  type TestOperator,
} from '../plant.ts';
import { type Steps, type StreamRecord, startSteps } from '../run-steps.ts';

let database: TestDatabase;
let steps: Steps;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  steps = await startSteps(database);
  process.env['COMMANDS_QUEUE_URL'] = process.env['CORRECTIONS_QUEUE_URL'];
});
afterAll(async () => {
  steps.stop();
  await database.stop();
});

const minutesAgo = (minutes: number): string =>
  new Date(Date.now() - minutes * 60_000).toISOString();
const path = '/accounts/acc1';

let chargers = 0;

type Fleet = {
  readonly operator: TestOperator;
  readonly tariffId: string;
  /** Begins a session on a new charger with the meter at 0; gives the status of its token. */
  readonly begin: () => Promise<Running>;
  readonly authorize: () => Promise<unknown>;
  /** Delivers all that the stream has of the operator, twice and in both orders, and again. */
  readonly deliver: () => Promise<void>;
  readonly events: () => Promise<readonly Body[]>;
};

type Running = {
  readonly status: unknown;
  readonly read: (wh: number) => Promise<void>;
  readonly stop: (wh: number) => Promise<void>;
  readonly stops: () => Promise<readonly Body[]>;
};

const idTagStatus = (answer: Readonly<Record<string, unknown>>): unknown =>
  (answer['idTagInfo'] as Body)['status'];

/** An operator whose account has limits, at 0.50 EUR per kWh without VAT. */
async function newFleet(limits: object): Promise<Fleet> {
  const operator = await newOperator(database);
  const { operatorId } = operator;
  await operator.call('POST', '/accounts', {
    accountId: 'acc1',
    name: 'Fleet',
    currency: 'EUR',
    limits,
  });
  await operator.call('POST', '/tokens', { tokenId: 'TAG1', accountId: 'acc1' });
  const tariff = { name: 'T', currency: 'EUR', perKwh: '0.5' };
  const tariffId = String((await operator.call('POST', '/tariffs', tariff)).body['tariffId']);
  const connect = async () => {
    chargers += 1;
    const chargerId = `LIMIT-${chargers}`;
    await operator.call('POST', '/chargers', { chargerId, tariffId, maxPowerKw: 300 });
    const key = chargerKey(operatorId, chargerId);
    const connection = { connectionId: chargerId, protocol: 'ocpp1.6' };
    await takeOver(database, key, { ...connection, connectedAt: new Date().toISOString() });
    return { chargerId, key, plug: await plugIn(database, key) };
  };
  const own = async (): Promise<readonly StreamRecord[]> =>
    (await steps.recordsOf(database.state)).filter(({ dynamodb: { NewImage } }) =>
      JSON.stringify(NewImage).includes(operatorId),
    );
  const live = async (): Promise<readonly StreamRecord[]> =>
    (await steps.recordsOf(database.state)).filter(
      ({ dynamodb: { NewImage } }) => NewImage['kind']?.S === 'LIVE',
    );
  return {
    operator,
    tariffId,
    authorize: async () => {
      const { plug } = await connect();
      return idTagStatus(await plug.call('Authorize', { idTag: 'TAG1' }));
    },
    begin: async () => {
      const { chargerId, key, plug } = await connect();
      const started = await plug.call('StartTransaction', {
        connectorId: 1,
        idTag: 'TAG1',
        timestamp: minutesAgo(4),
        meterStart: 0,
      });
      const transactionId = Number(started['transactionId']);
      let minutes = 4;
      return {
        status: idTagStatus(started),
        read: async (wh) => {
          minutes -= 1;
          await plug.call('MeterValues', meterValues(minutesAgo(minutes), wh, transactionId));
          await settle(database, key);
        },
        stop: async (meterStop) => {
          const timestamp = minutesAgo(0);
          await plug.call('StopTransaction', { transactionId, timestamp, meterStop });
          await settle(database, key);
        },
        stops: async () =>
          ((await operator.call('GET', `/chargers/${chargerId}/commands`)).body.items ?? []).filter(
            ({ type }) => type === 'stop',
          ),
      };
    },
    deliver: async () => {
      for (let n = 0; n < 2; n += 1) {
        const records = [...(await own()), ...(await live())];
        await Promise.all([
          steps.run('events', { Records: records }),
          steps.run('events', { Records: records.toReversed() }),
        ]);
      }
    },
    events: async () =>
      ((await operator.call('GET', '/events?limit=100')).body.items ?? []).filter(
        ({ type }) => type === 'account.limit_reached',
      ),
  };
}

describe('the limits of an account', () => {
  it('a session that reaches the energy of the month is stopped once, and it is said once, however often it is seen', async () => {
    const fleet = await newFleet({ energyKwh: 10 });
    await fleet.events();
    const [one, other] = [await fleet.begin(), await fleet.begin()];
    expect([one.status, other.status]).toEqual(['Accepted', 'Accepted']);
    await one.read(5_000);
    await other.read(4_999);
    await fleet.deliver();
    expect([await one.stops(), await other.stops(), await fleet.events()]).toEqual([[], [], []]);
    expect(await fleet.authorize()).toBe('Accepted');

    await other.read(5_000);
    await fleet.deliver();
    await fleet.deliver();

    const month = new Date().toISOString().slice(0, 7);
    const asked = [{ type: 'stop', state: 'queued' }];
    expect(await one.stops()).toMatchObject(asked);
    expect(await other.stops()).toMatchObject(asked);
    expect(await fleet.events()).toMatchObject([
      {
        data: {
          accountId: 'acc1',
          month,
          limit: 'energy',
          limitValue: '10',
          energyKwh: 10,
          inclVat: '5.00',
          currency: 'EUR',
        },
      },
    ]);
    expect(await fleet.authorize()).toBe('Blocked');
    expect((await fleet.begin()).status).toBe('Blocked');
  });

  it('what was billed counts as it did while it ran, and a greater limit lets tokens charge again', async () => {
    const fleet = await newFleet({ inclVat: '5.00' });
    const session = await fleet.begin();
    await session.read(9_000);
    await fleet.deliver();
    await session.stop(9_998);
    await fleet.deliver();
    expect((await fleet.operator.call('GET', path)).body).toMatchObject({
      use: { energyKwh: 9.998, inclVat: '5.00', reached: ['money'] },
    });
    expect(await fleet.authorize()).toBe('Blocked');

    await fleet.operator.call('PATCH', path, { limits: { inclVat: '5.01' } });
    expect(await fleet.authorize()).toBe('Accepted');
    await fleet.operator.call('PATCH', path, { limits: { energyKwh: '9.998' } });
    expect(await fleet.authorize()).toBe('Blocked');
    await fleet.operator.call('PATCH', path, { limits: {} });
    expect(await fleet.authorize()).toBe('Accepted');
  });

  it('a limit that is set below what was used stops the session that runs', async () => {
    const fleet = await newFleet({ energyKwh: 100 });
    const session = await fleet.begin();
    await session.read(2_000);
    await fleet.deliver();
    await fleet.operator.call('PATCH', path, { limits: { energyKwh: 1 } });
    await fleet.deliver();
    expect(await session.stops()).toHaveLength(1);
  });

  it('a start that its charger reports later was not refused at the time, so it is billed', async () => {
    const fleet = await newFleet({ energyKwh: 0 });
    expect(await fleet.authorize()).toBe('Blocked');
    await fleet.operator.call('POST', '/chargers', {
      chargerId: 'OFF-1',
      tariffId: fleet.tariffId,
    });
    const plug = await plugIn(database, chargerKey(fleet.operator.operatorId, 'OFF-1'));
    const started = await plug.call('StartTransaction', {
      connectorId: 1,
      idTag: 'TAG1',
      timestamp: minutesAgo(60),
      meterStart: 0,
    });
    expect(idTagStatus(started)).toBe('Accepted');
  });
});
