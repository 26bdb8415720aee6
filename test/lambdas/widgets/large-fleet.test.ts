import '../quiet.ts';
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TenThousandths } from '../../../core/analytics/figures.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { enterWatched } from '../../../lambdas/store/monitoring/watched-sessions.ts';
import { writeBill } from '../../../lambdas/store/payments/bills.ts';
import type { Item } from '../../../lambdas/store/table/item.ts';
import { answerWidget } from '../../../lambdas/widgets/answer-widget.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { newOperator, plugIn, scan, settle, type TestOperator } from '../plant.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const now = Date.now();
const minute = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();

/** A charger that is online, with two connectors, a held CDR of a session that failed, of which money is to be paid back, and a session in progress. */
async function plantFirst({ operatorId, call }: TestOperator): Promise<void> {
  await call('POST', '/tokens', { tokenId: 'TAG1' });
  await call('POST', '/chargers', { chargerId: 'FLEET-00000', maxPowerKw: 22, connectors: 2 });
  const charger = await plugIn(database, `${operatorId}#fleet-00000`, now);
  const { chargerKey, shard } = charger.step.charger;
  const connection = { connectionId: 'connection-00000', protocol: 'ocpp1.6' };
  await takeOver(database, chargerKey, { ...connection, connectedAt: iso(now - 90 * minute) });
  await charger.call('BootNotification', { chargePointVendor: 'Acme', chargePointModel: 'One' });
  for (const connectorId of [1, 2]) {
    const status = { connectorId, errorCode: 'NoError', status: 'Available' };
    await charger.call('StatusNotification', { ...status, timestamp: iso(now - 89 * minute) });
  }
  const charge = async (from: number, isOver: boolean) => {
    const at = (after: number) => iso(now + (from + after) * minute);
    const begin = { connectorId: 1, idTag: 'TAG1', timestamp: at(0), meterStart: 0 };
    const { transactionId } = await charger.call('StartTransaction', begin);
    const sampledValue = [{ value: '2000' }];
    const meterValue = [{ timestamp: at(10), sampledValue }];
    await charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
    if (!isOver) return;
    const end = { timestamp: at(20), meterStop: 3000, reason: 'EmergencyStop' };
    await charger.call('StopTransaction', { transactionId, ...end });
  };
  await charge(-90, true);
  await charge(-30, false);
  await settle(database, chargerKey);
  const { items = [] } = (await call('GET', '/sessions?state=ended')).body;
  const sessionId = String(items[0]?.['sessionId']);
  const cdrId = String(items[0]?.['cdrId']);
  const credit = -50_000n as TenThousandths;
  const endedAt = iso(now - 70 * minute);
  await enterWatched(database, operatorId, 'failed-sessions', { sessionId, endedAt });
  await writeBill(database, {
    ...{ operatorId, shard, version: 1 },
    bill: { sessionId, currency: 'EUR', totals: { [cdrId]: credit }, payments: [] },
  });
}

/** Writes the items of the first charger again for others, from a number to before another, with ids of their own. */
async function copy(items: readonly Item[], from: number, to: number): Promise<void> {
  // JSON has no room for what is packed, where ids do not matter.
  const packed: unknown[] = [];
  const text = JSON.stringify(items, (_name, value: unknown) =>
    value instanceof Uint8Array ? { packed: packed.push(value) - 1 } : value,
  );
  const unpacked = (_name: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'packed' in value
      ? packed[Number(value.packed)]
      : value;
  const ids = [...new Set(text.match(/(?:ses|cdr)_[a-z0-9]{10,}/g))];
  let batch: Item[] = [];
  const write = async () => {
    const requests = batch.map((Item) => ({ PutRequest: { Item } }));
    batch = [];
    const RequestItems = { [database.state]: requests };
    await database.client.send(new BatchWriteItemCommand({ RequestItems }));
  };
  for (let n = from; n < to; n += 1) {
    const digits = String(n).padStart(5, '0');
    const own = ids.reduce(
      (all, id) => all.replaceAll(id, `${id.slice(0, -5)}${digits}`),
      text.replaceAll('-00000', `-${digits}`),
    );
    for (const item of JSON.parse(own, unpacked) as readonly Item[]) {
      batch.push(item);
      if (batch.length === 25) await write();
    }
  }
  if (batch.length > 0) await write();
}

/** The items of the first charger of an operator. */
async function itemsOfFirst(operatorId: string): Promise<readonly Item[]> {
  const isOfCharger = (item: Item): boolean =>
    /-00000|(?:ses|cdr)_/.test(`${item['pk']?.S} ${item['sk']?.S}`) &&
    JSON.stringify(item).includes(operatorId);
  return (await scan(database, database.state)).filter(isOfCharger);
}

const widgets = [
  ...['chargers', 'fleet', 'charging', 'uptime', 'failed', 'bills', 'held', 'commands'],
  ...['deliveries', 'tariffs', 'money', 'failures'],
];

describe('the widgets at a large fleet', () => {
  it('no look reads more because a fleet is larger: 1,120 chargers with their sessions cost as many requests as 1,020, and no answer is longer than 150 KB', async () => {
    const sqs = { send: async () => ({ Attributes: { ApproximateNumberOfMessages: '3' } }) };
    const services = {
      ...{ database, sqs: sqs as unknown as SQSClient, queues: { cdr: 'https://queue' } },
      ...{ stage: 'prod', invokedFunctionArn: 'arn:test:widgets', actionsArn: 'arn:test:actions' },
      now: iso(now),
    };
    const operator = await newOperator(database);
    const { operatorId } = operator;
    await plantFirst(operator);
    const items = await itemsOfFirst(operatorId);
    const looks = async () => {
      const reads: Record<string, number> = {};
      for (const widget of widgets) {
        let html = '';
        const used = await countRequests(database, async () => {
          html = await answerWidget(services, { widget, operatorId });
        });
        expect([widget, html.includes('parameters of this widget are not valid')]).toEqual([
          widget,
          false,
        ]);
        expect([widget, used.writes]).toEqual([widget, []]);
        expect([widget, html.length < 150_000]).toEqual([widget, true]);
        reads[widget] = used.reads.length;
      }
      return reads;
    };
    await copy(items, 1, 1_020);
    const small = await looks();
    await copy(items, 1_020, 1_120);
    expect(await looks()).toEqual(small);
    expect(Math.max(...Object.values(small))).toBeGreaterThan(1_000);
  });
});
