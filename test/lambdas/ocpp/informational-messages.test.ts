import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { routes as routes16 } from '../../../core/ocpp/v16/routes.ts';
import { routes as routes201 } from '../../../core/ocpp/v201/routes.ts';
import { answerMessage } from '../../../lambdas/ocpp/answer-message.ts';
import type { PostponedMessage } from '../../../lambdas/ocpp/postponed-message.ts';
import { arbitraryRequest, type MadeUpProtocol } from '../../core/ocpp/arbitrary-message.ts';
import { countRequests } from '../count-requests.ts';
import { at, type Body } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22 },
  });
});

beforeEach(async () => {
  await site.register();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

afterAll(async () => {
  await site.close();
});

const listed = async (query = ''): Promise<readonly Body[]> =>
  (await site.call('GET', `/chargers/${site.chargerId}/messages${query}`)).body.items ?? [];

/** The messages of each version that are stored where they count, or nowhere because nothing follows from them. */
const elsewhere = new Set([
  'Authorize',
  'BootNotification',
  'Heartbeat',
  'MeterValues',
  'StartTransaction',
  'StatusNotification',
  'StopTransaction',
  'TransactionEvent',
]);

/** Requests that a message is written with: the end of a reservation is marked on it too, where a partner made it. */
const writesOf = (action: string): readonly string[] =>
  action === 'ReservationStatusUpdate' ? ['PutItem', 'UpdateItem'] : ['PutItem'];

const versions: readonly (readonly [MadeUpProtocol, readonly string[]])[] = [
  ['ocpp1.6', Object.keys(routes16)],
  ['ocpp2.0.1', Object.keys(routes201)],
];

describe('a message that only informs', () => {
  for (const [protocol, actions] of versions) {
    it.each(actions.filter((action) => !elsewhere.has(action)))(
      `%s of ${protocol} costs one write, or two if it ends a reservation, and no read, and is shown as it was sent`,
      async (action) => {
        const charger = await site.plugIn(Date.parse(at(0)), protocol);
        const [payload] = fc.sample(arbitraryRequest(action, protocol), { numRuns: 1, seed: 7 });
        const { writes, reads } = await countRequests(site.database, async () => {
          await charger.call(action, payload);
        });

        expect([writes, reads]).toEqual([writesOf(action), []]);
        expect(await listed()).toEqual([
          {
            receivedAt: at(0),
            ocppVersion: protocol.replace('ocpp', ''),
            action,
            raw: JSON.stringify(payload),
          },
        ]);
      },
    );

    it(`the messages of ${protocol} that count elsewhere are not among them`, async () => {
      const charger = await site.plugIn(Date.parse(at(0)), protocol);
      for (const action of actions.filter((one) => elsewhere.has(one))) {
        const [payload] = fc.sample(arbitraryRequest(action, protocol), { numRuns: 1, seed: 7 });
        await charger.call(action, payload);
      }

      expect(await listed()).toEqual([]);
    });
  }

  it('messages are listed by action and time, and the same message twice is shown twice', async () => {
    for (const minute of [0, 1, 2, 3]) {
      const charger = await site.plugIn(Date.parse(at(minute)));
      await charger.call('FirmwareStatusNotification', { status: 'Idle' });
      await charger.call('DataTransfer', { vendorId: 'Acme', data: `minute ${minute}` });
    }
    const minutesOf = (items: readonly Body[]) => items.map(({ receivedAt }) => receivedAt);

    expect(minutesOf(await listed('?action=FirmwareStatusNotification'))).toEqual(
      [3, 2, 1, 0].map(at),
    );
    const from = encodeURIComponent(at(1));
    expect(minutesOf(await listed(`?action=DataTransfer&from=${from}&to=${at(2)}`))).toEqual(
      [2, 1].map(at),
    );
  });

  it('a message that finds no database is answered as usual, and kept with its time when the database is back', async () => {
    const charger = await site.plugIn(Date.parse(at(5)), 'ocpp2.0.1');
    const waiting: PostponedMessage[] = [];
    const broken = {
      ...charger.step,
      database: { ...site.database, readings: 'gone' },
      postpone: async (message: PostponedMessage) => {
        waiting.push(message);
      },
    };
    const text = JSON.stringify([2, 'x', 'NotifyEVChargingSchedule', schedule]);

    expect(await answerMessage(broken, text)).toBe('[3,"x",{"status":"Accepted"}]');
    expect(waiting.map((one) => one.text)).toEqual([text]);
    await answerMessage({ ...charger.step, now: waiting[0]?.receivedAt ?? 0 }, text);
    expect(await listed()).toMatchObject([
      { receivedAt: at(5), action: 'NotifyEVChargingSchedule', raw: JSON.stringify(schedule) },
    ]);
  });

  it('a charger that floods is answered, costs no further write, and its list says that more was left out', async () => {
    vi.stubEnv('MESSAGE_MEGABYTES_PER_DAY', '1');
    const charger = await site.plugIn(Date.parse(at(0)));
    const say = async (n: number) =>
      await charger.call('DataTransfer', { vendorId: 'Acme', data: `${n} ${'x'.repeat(30_000)}` });
    for (let n = 0; n < 60; n += 1) expect(await say(n)).toEqual({ status: 'UnknownVendorId' });

    const { writes, reads } = await countRequests(site.database, async () => {
      await say(60);
    });
    expect([writes, reads]).toEqual([[], []]);
    const path = `/chargers/${site.chargerId}/messages?limit=100`;
    const first = (await site.call('GET', path)).body;
    const rest = (await site.call('GET', `${path}&cursor=${first['nextCursor']}`)).body;
    const items = [...(first.items ?? []), ...(rest.items ?? [])];
    expect(rest['nextCursor']).toBeNull();
    expect(items).toHaveLength(34);
    expect(items.filter((one) => one['furtherLeftOut'] === true)).toHaveLength(1);

    const nextDay = await site.plugIn(Date.parse(at(0)) + 86_400_000);
    await nextDay.call('FirmwareStatusNotification', { status: 'Idle' });
    expect((await listed())[0]).toMatchObject({ action: 'FirmwareStatusNotification' });
  });

  it('a charger that is registered again under the id of a deleted one shows nothing that that one said', async () => {
    const before = await site.plugIn();
    await before.call('FirmwareStatusNotification', { status: 'Idle' });
    expect(await listed()).toHaveLength(1);
    await site.call('DELETE', `/chargers/${site.chargerId}`);
    expect((await site.call('GET', `/chargers/${site.chargerId}/messages`)).code).toBe(
      'CHARGER_NOT_FOUND',
    );
    await site.call('POST', '/chargers', { chargerId: site.chargerId });

    expect(await listed()).toEqual([]);
    const after = await site.plugIn(Date.now() + 1_000);
    await after.call('FirmwareStatusNotification', { status: 'Downloading' });
    expect(await listed()).toMatchObject([{ raw: '{"status":"Downloading"}' }]);
  });
});

const schedule = {
  timeBase: at(0),
  evseId: 1,
  chargingSchedule: {
    id: 1,
    chargingRateUnit: 'W',
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 11_000 }],
  },
};
