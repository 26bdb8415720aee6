import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, meterValues } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50', perMinute: '0.10' },
    charger: { maxPowerKw: 22 },
  });
});

afterAll(async () => {
  await site.close();
});

/** 7 kWh in an hour on a new charger, then the given statuses by minute, and a stop after two hours. */
async function chargeAnHour(
  after: readonly (readonly [minute: number, status: string, timestamp?: string])[],
) {
  await site.register({ timeZone: 'Europe/Berlin' });
  const report = async (minute: number, status: string, timestamp = at(minute)) =>
    await (await site.heardAt(minute)).call('StatusNotification', {
      connectorId: 1,
      errorCode: 'NoError',
      status,
      timestamp,
    });
  const start = { connectorId: 1, idTag: 'TAG1', meterStart: 0, timestamp: at(0) };
  const begun = await (await site.heardAt(0)).call('StartTransaction', start);
  const transactionId = Number(begun['transactionId']);
  await report(0, 'Charging');
  for (const minute of [30, 60]) {
    const values = meterValues(at(minute), (7000 * minute) / 60, transactionId);
    await (await site.heardAt(minute)).call('MeterValues', values);
  }
  for (const each of after) await report(...each);
  const stop = { transactionId, meterStop: 7000, timestamp: at(120) };
  await (await site.heardAt(120)).call('StopTransaction', stop);
  await site.settle();
  const [session] = await site.sessions();
  return await site.cdrOf(session);
}

describe('minutes after the cable is gone', () => {
  it('the billed time of a session ends when its connector becomes available', async () => {
    const cdr = await chargeAnHour([
      [60, 'Finishing'],
      [61, 'Available'],
    ]);

    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 7, total: { exclVat: '9.60' } });
  });

  it.each([
    ['names no zone', '2026-04-14T19:01:00'],
    ['is one of the future', '2036-02-07T06:28:15Z'],
    ['is of a clock that was not set, but lies after 2015', '2019-01-01T00:00:07Z'],
    ['is of a clock that was never set', '1970-01-01T00:02:07Z'],
  ])('the billed time of a session ends by a status whose time %s', async (_words, timestamp) => {
    const cdr = await chargeAnHour([
      [60, 'Finishing'],
      [61, 'Available', timestamp],
    ]);

    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 7, total: { exclVat: '9.60' } });
    const { connectors } = (await site.call('GET', `/chargers/${site.chargerId}`)).body;
    expect(connectors).toMatchObject([{ status: 'Available', statusAt: at(61) }]);
  });

  it.each(['Faulted', 'Unavailable'])(
    'no minutes are billed from the moment a connector is %s',
    async (status) => {
      const cdr = await chargeAnHour([[60, status]]);

      expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 7, total: { exclVat: '9.50' } });
    },
  );
});
