import '../quiet.ts';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toItem } from '../../../lambdas/store/table/item.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newLocation } from '../one-of-everything.ts';
import { meterValues, newOperator, plugIn, settle, type TestOperator } from '../plant.ts';
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

type Watched = {
  readonly operator: TestOperator;
  readonly chargerId: string;
  readonly key: string;
};

describe('the chargers that somebody may have to look after', () => {
  const now = Date.now();
  const ago = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();

  const connect = async ({ key }: Watched, disconnectedAt?: string): Promise<void> => {
    const connection = { connectionId: `of-${key}`, protocol: 'ocpp1.6', connectedAt: ago(90) };
    const Item = toItem({
      pk: `CHARGER#${key}`,
      sk: 'CONNECTION',
      kind: 'CONNECTION',
      ...connection,
      disconnectedAt,
    });
    await database.client.send(new PutItemCommand({ TableName: database.state, Item }));
  };

  const sessionIn = (listed: Readonly<Record<string, unknown>> | undefined): unknown =>
    (listed?.['alerts'] as readonly Readonly<Record<string, unknown>>[] | undefined)?.[0]?.[
      'sessionId'
    ];

  /** A session of an hour, with a reading of its register every ten minutes. */
  const chargeHour = async ({ key, operator }: Watched, wh: (minute: number) => number) => {
    await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
    const minutes = [0, 10, 20, 30, 40, 50, 60];
    let transactionId = 0;
    for (const minute of minutes) {
      const timestamp = ago(60 - minute);
      const charger = await plugIn(database, key, Date.parse(timestamp));
      if (minute === 0) {
        const start = { connectorId: 1, idTag: 'TAG1', timestamp, meterStart: 0 };
        transactionId = Number((await charger.call('StartTransaction', start))['transactionId']);
      } else {
        await charger.call('MeterValues', meterValues(timestamp, wh(minute), transactionId));
      }
    }
    await settle(database, key);
  };

  it('each is listed with why and since when, by kind and location, and as its operator has set it', async () => {
    const operator = await newOperator(database);
    const at = async (chargerId: string, form: object = {}): Promise<Watched> => {
      await operator.call('POST', '/chargers', {
        chargerId,
        connectors: 1,
        maxPowerKw: 11,
        ...form,
      });
      return { operator, chargerId, key: `${operator.operatorId}#${chargerId.toLowerCase()}` };
    };
    const { locationId } = (await operator.call('POST', '/locations', newLocation)).body;
    const [gone, stuck, well] = [
      await at('GONE'),
      await at('STUCK', { locationId }),
      await at('WELL'),
    ];
    await connect(gone, ago(60));
    for (const one of [stuck, well]) await connect(one);
    await chargeHour(stuck, (minute) => Math.min(minute, 20) * 180);
    await chargeHour(well, (minute) => minute * 180);
    const alerts = async (query = '') =>
      (await operator.call('GET', `/monitoring/alerts${query}`)).body.items;

    const offline = { kind: 'offline', since: ago(60), evseId: null, sessionId: null };
    const isStuck = { kind: 'stuck-session', since: ago(40), evseId: 1, connectorId: 1 };
    expect(await alerts()).toMatchObject([
      { chargerId: 'GONE', locationId: null, alerts: [offline] },
      { chargerId: 'STUCK', locationId, alerts: [isStuck] },
    ]);
    expect(await alerts(`?locationId=${locationId}`)).toMatchObject([{ chargerId: 'STUCK' }]);
    expect(await alerts('?kind=offline')).toMatchObject([{ chargerId: 'GONE' }]);

    await operator.call('PUT', '/settings/monitoring', {
      alerts: { offlineMinutes: 120, stuckMinutes: 50 },
    });
    expect(await alerts()).toEqual([]);
  });

  const read = async (operator: TestOperator) =>
    ((await operator.call('GET', '/events?types=charger.alert')).body.items ?? []).map(
      ({ data }) => data,
    );

  it('a phase that is lost and a register that stands still are listed, and each is an event once', async () => {
    const operator = await newOperator(database);
    await operator.call('GET', '/events');
    const chargerId = 'WIRED';
    await operator.call('POST', '/chargers', { chargerId, connectors: 1, maxPowerKw: 22 });
    await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
    const key = `${operator.operatorId}#wired`;
    await connect({ operator, chargerId, key });
    let transactionId = 0;
    for (const minute of [0, 10, 20, 30]) {
      const timestamp = ago(30 - minute);
      const charger = await plugIn(database, key, Date.parse(timestamp));
      if (minute === 0) {
        const start = { connectorId: 1, idTag: 'TAG1', timestamp, meterStart: 0 };
        transactionId = Number((await charger.call('StartTransaction', start))['transactionId']);
        continue;
      }
      const amps = [16, 16, minute < 20 ? 16 : 0].map((value, index) => ({
        value: String(value),
        measurand: 'Current.Import',
        unit: 'A',
        phase: `L${index + 1}`,
      }));
      const meterValue = [{ timestamp, sampledValue: [{ value: '900', unit: 'Wh' }, ...amps] }];
      await charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
      await settle(database, key);
    }

    const [listed] = (await operator.call('GET', '/monitoring/alerts')).body.items ?? [];
    const place = { evseId: 1, connectorId: 1, sessionId: expect.stringMatching(/^ses_/) };
    const alerts = [
      { kind: 'frozen-register', since: ago(20), ...place },
      { kind: 'lost-phase', since: ago(10), ...place },
    ];
    expect(listed).toMatchObject({ chargerId, alerts });

    const Records = (await steps.recordsOf(database.state)).filter(
      ({ dynamodb: { NewImage } }) =>
        NewImage['kind']?.S === 'LIVE' && NewImage['pk']?.S === `SESSION#${sessionIn(listed)}`,
    );
    for (let n = 0; n < 2; n += 1) await steps.run('events', { Records });
    expect(await read(operator)).toEqual(alerts.map((alert) => ({ chargerId, ...alert })));
  });

  it('a charger that comes back once more than its operator bears is an event, also where that is delivered again', async () => {
    const operator = await newOperator(database);
    await operator.call('GET', '/events');
    await operator.call('PUT', '/settings/monitoring', { alerts: { absencesPerDay: 2 } });
    await operator.call('POST', '/chargers', { chargerId: 'SHAKY' });
    const image = (connectedAt: string, disconnectedAt?: string) =>
      toItem({
        pk: `CHARGER#${operator.operatorId}#shaky`,
        sk: 'CONNECTION',
        kind: 'CONNECTION',
        connectionId: connectedAt,
        protocol: 'ocpp1.6',
        connectedAt,
        disconnectedAt,
      });
    const comeBack = (NewImage: object, OldImage: object, SequenceNumber: string) => ({
      eventName: 'MODIFY',
      dynamodb: { NewImage, OldImage, SequenceNumber, Keys: {} },
    });
    const [first, second] = [
      comeBack(image(ago(50)), image(ago(90), ago(60)), '1'),
      comeBack(image(ago(10)), image(ago(50), ago(20)), '2'),
    ];

    await steps.run('events', { Records: [first] });
    expect(await read(operator)).toEqual([]);
    for (let n = 0; n < 2; n += 1) await steps.run('events', { Records: [first, second] });
    const place = { evseId: null, connectorId: null, sessionId: null };
    expect(await read(operator)).toEqual([
      { chargerId: 'SHAKY', kind: 'often-offline', since: ago(60), ...place },
    ]);
  });
});
