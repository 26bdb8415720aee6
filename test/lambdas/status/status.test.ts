import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepStatus } from '../../../lambdas/status/keep-status.ts';
import { evseReadingsPk } from '../../../lambdas/store/table/keys/reading-keys.ts';
import { at, messageRecords } from '../plant.ts';
import { type Steps, startSteps } from '../run-steps.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;
let steps: Steps;
let path: string;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
  steps = await startSteps(site.database);
});

beforeEach(async () => {
  path = `/chargers/${await site.register()}`;
});

afterAll(async () => {
  steps.stop();
  await site.close();
});

const reported = (status: string, minute: number) => ({
  connectorId: 1,
  status,
  errorCode: 'NoError',
  timestamp: at(minute),
});

/** The statuses of the charger that was registered last, as they were stored. */
const stored = async () =>
  (await messageRecords(site.database)).filter(
    ({ kind, chargerKey }) => kind === 'status' && chargerKey === site.chargerKey,
  );

/** Hands the statuses of the charger to the step, and gives how many messages it put into the queue of corrections. */
async function deliver(): Promise<number> {
  const before = steps.asked.length;
  const all = await steps.recordsOf(site.database.readings);
  const Records = all.filter(({ dynamodb }) => {
    const { kind, pk } = dynamodb.NewImage;
    return kind?.S === 'status' && pk?.S === evseReadingsPk(site.chargerKey, 1);
  });
  expect(Records).not.toEqual([]);
  expect(await steps.run('status', { Records })).toEqual({ batchItemFailures: [] });
  return steps.asked.slice(before).filter((target) => target.endsWith('SendMessage')).length;
}

const shownStatus = async (): Promise<unknown> => {
  const { connectors } = (await site.call('GET', path)).body;
  return (connectors as { readonly status: string }[])[0]?.status;
};

describe('the status of a connector', () => {
  it('a connector shows the status that its charger reported last, in whatever order and however often the statuses come', async () => {
    const course = ['Preparing', 'Charging', 'SuspendedEV', 'Finishing'];
    const minutes = course.map((_, minute) => minute);
    const orders = fc
      .tuple(fc.shuffledSubarray(minutes), fc.shuffledSubarray(minutes, { minLength: 4 }))
      .map(([repeated, all]) => [...repeated, ...all, ...repeated]);

    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        path = `/chargers/${await site.register()}`;
        const charger = await site.plugIn();
        for (const [minute, status] of course.entries()) {
          await charger.call('StatusNotification', reported(status, minute));
        }
        const records = await stored();
        for (const minute of order) {
          const record = records.find((one) => one.at === at(minute));
          expect(record && (await keepStatus(site.database, record))).toMatch(/written|older/);
        }
        expect(await shownStatus()).toBe('Finishing');
      }),
      { numRuns: 8 },
    );
  });

  it('a stored status that cannot be read changes nothing', async () => {
    const charger = await site.plugIn();
    await charger.call('StatusNotification', reported('Charging', 0));
    await deliver();
    const [record] = await stored();

    if (record !== undefined) {
      expect(await keepStatus(site.database, { ...record, raw: '{}' })).toBe('unreadable');
    }

    expect(await shownStatus()).toBe('Charging');
  });
});

describe('an available connector', () => {
  it('the stop of a session is asked for once its connector is available, and not after it has come', async () => {
    const charger = await site.plugIn();
    const { transactionId } = await charger.call('StartTransaction', start());
    await charger.call('StatusNotification', reported('Available', 60));
    expect(await deliver()).toBe(1);

    await charger.call('StopTransaction', stop(transactionId));
    expect(await deliver()).toBe(0);
  });

  it('nothing is asked for a session whose connector is in use', async () => {
    const charger = await site.plugIn();
    await charger.call('StartTransaction', start());
    await charger.call('StatusNotification', reported('Charging', 1));

    expect(await deliver()).toBe(0);
  });
});
