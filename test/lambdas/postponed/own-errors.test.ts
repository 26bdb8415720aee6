import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { postponedText } from '../../../lambdas/ocpp/postponed-message.ts';
import * as metrics from '../../../lambdas/runtime/metrics.ts';
import { at, messageRecords, meterValues } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

let site: TestSite;
let handler: Handler;
let maySend = true;
const sent: string[] = [];

vi.mock('../../../lambdas/stream/send-to-failures.ts', () => ({
  sendTextToFailures: async (text: string) => {
    if (!maySend) throw new Error('no queue');
    sent.push(text);
  },
}));

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'TEST',
    AWS_SECRET_ACCESS_KEY: 'TEST',
    AWS_ENDPOINT_URL_DYNAMODB: site.database.url,
    STATE_TABLE: site.database.state,
    READINGS_TABLE: site.database.readings,
  });
  const step = 'postponed';
  const module: { handler: Handler } = await import(`../../../lambdas/${step}/handler.ts`);
  handler = module.handler;
});

afterAll(async () => {
  await site.close();
});

beforeEach(async () => {
  sent.length = 0;
  maySend = true;
  await site.register();
});

/** Three messages of a charger, one minute after the other; the second fails by an error of our own. */
const bodies = async (): Promise<readonly string[]> => {
  const { step } = await site.plugIn();
  const bodyOf = (minute: number, text: unknown) =>
    postponedText({
      charger: step.charger,
      connectionId: 'c',
      connectedAt: 0,
      receivedAt: Date.parse(at(minute)),
      text: text as string,
    });
  const meters = (minute: number) =>
    JSON.stringify([2, 'm', 'MeterValues', meterValues(at(minute), minute)]);
  return [bodyOf(1, meters(1)), bodyOf(2, { ours: true }), bodyOf(3, meters(3))];
};

const run = async (texts: readonly string[], tries: number) =>
  await handler(
    {
      Records: texts.map((body, index) => ({
        messageId: String(index),
        body,
        attributes: { ApproximateReceiveCount: String(tries) },
      })),
    },
    { awsRequestId: 'r', getRemainingTimeInMillis: () => 30_000 },
  );

const failed = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

const stored = async () =>
  (await messageRecords(site.database)).filter(({ chargerKey }) => chargerKey === site.chargerKey);

describe('a postponed message that fails by an error of our own', () => {
  it('a message that fails by our own error is tried again with those that the charger sent after it, and not for hours', async () => {
    const texts = await bodies();
    expect(await run(texts, 1)).toEqual(failed('1', '2'));
    expect(await run(texts, 2)).toEqual(failed('1', '2'));
    expect(sent).toEqual([]);
    expect(await stored()).toHaveLength(1);
  });

  it('a message that keeps failing by our own error goes to the failure queue, word for word and counted, and the others are processed', async () => {
    const count = vi.spyOn(metrics, 'emitMetric');
    const texts = await bodies();
    expect(await run(texts, 3)).toEqual(failed());
    expect(sent).toEqual([texts[1]]);
    expect(await stored()).toHaveLength(2);
    expect(count).toHaveBeenCalledWith(
      { action: 'postponed', outcome: 'passed-over' },
      { RecordsPassedOver: 1 },
    );
  });

  it('a message that the failure queue does not take is tried again', async () => {
    maySend = false;
    expect(await run(await bodies(), 3)).toEqual(failed('1', '2'));
  });

  it('a message that cannot even be read fails alone, not with its batch', async () => {
    const [first = '', , last = ''] = await bodies();
    const unreadable = ['no JSON', '{}', 'null', '{"charger":{"chargerKey":7}}'];
    expect(await run([first, ...unreadable, last], 3)).toEqual(failed());
    expect(sent).toEqual(unreadable);
    expect(await stored()).toHaveLength(2);
    expect(await run(['no JSON'], 1)).toEqual(failed('0'));
  });

  it('a message that finds no database is tried for as long as the queue keeps it, unlike one that fails by our own error', async () => {
    const { state, readings } = site.database;
    Object.assign(process.env, { STATE_TABLE: 'gone', READINGS_TABLE: 'gone' });
    vi.resetModules();
    const step = 'postponed';
    const again: { handler: Handler } = await import(`../../../lambdas/${step}/handler.ts`);
    Object.assign(process.env, { STATE_TABLE: state, READINGS_TABLE: readings });
    const [first = ''] = await bodies();
    const answer = await again.handler(
      {
        Records: [{ messageId: '0', body: first, attributes: { ApproximateReceiveCount: '150' } }],
      },
      { awsRequestId: 'r', getRemainingTimeInMillis: () => 30_000 },
    );
    expect(answer).toEqual(failed('0'));
    expect(sent).toEqual([]);
  });
});
