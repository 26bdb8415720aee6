import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, codesOf, messageRecords, scan } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { connectors: 2, maxPowerKw: 22 },
  });
});

beforeEach(async () => {
  await site.register();
});

afterAll(async () => {
  await site.close();
});

const connectors = async () => {
  const { chargerId } = (await site.plugIn()).step.charger;
  const { body } = await site.call('GET', `/chargers/${chargerId}`);
  return body['connectors'] as readonly Record<string, unknown>[];
};

describe('a start on a connector that the charger does not have', () => {
  it.each([99, -1, 0, 52_000])(
    'a start on an unregistered connector is reported, also if repeated or after its stop, and kept with its energy: %i',
    async (connectorId) => {
      const charger = await site.plugIn();
      const began = start({ connectorId });
      const { transactionId } = await charger.call('StartTransaction', began);
      await charger.call('StartTransaction', began);
      await charger.call('StopTransaction', stop(transactionId));
      await site.settle();

      const [session] = await site.sessions();
      expect(codesOf(session).filter((code) => code === 'CONNECTOR_UNKNOWN')).toHaveLength(1);
      const cdr = await site.cdrOf(session);
      expect(cdr).toMatchObject({ energyKwh: 10 });
      expect(codesOf(cdr)).toContain('CONNECTOR_UNKNOWN');
    },
  );

  it('a start on a registered connector is not reported', async () => {
    const charger = await site.plugIn();
    for (const connectorId of [1, 2]) {
      await charger.call('StartTransaction', start({ connectorId }));
    }
    for (const session of await site.sessions()) expect(codesOf(session)).toEqual([]);
    expect(await site.sessions()).toHaveLength(2);
  });
});

describe('a charger that makes up connectors', () => {
  it('a charger that invents connectors has the registered and possible ones, and the rest is evidence', async () => {
    const charger = await site.plugIn();
    const madeUp = [-1, -2, 256, 4_711, 51_999, 2 ** 31, 1e300];
    for (const connectorId of [1, 3, ...madeUp]) {
      const status = { connectorId, status: 'Charging', errorCode: 'NoError', timestamp: at(0) };
      await charger.call('StatusNotification', status);
    }
    for (const [n, connectorId] of madeUp.entries()) {
      await charger.call(
        'StartTransaction',
        start({ connectorId, meterStart: n, timestamp: at(n) }),
      );
    }
    await site.settle();

    expect((await connectors()).map(({ connectorId, status }) => [connectorId, status])).toEqual([
      [1, 'Charging'],
      [2, null],
      [3, 'Charging'],
    ]);
    const items = (await scan(site.database, site.database.state)).filter(
      ({ pk, kind }) => pk?.S === `CHARGER#${site.chargerKey}` && kind?.S === 'CONNECTOR',
    );
    expect(items.map(({ sk }) => sk?.S).sort()).toEqual([
      'EVSE#-1#CONNECTOR#-1',
      'EVSE#1#CONNECTOR#1',
      'EVSE#3#CONNECTOR#3',
    ]);
    const evidence = (await messageRecords(site.database)).filter(
      ({ chargerKey, kind }) => chargerKey === site.chargerKey && kind === 'status',
    );
    expect(evidence).toHaveLength(2 + madeUp.length);
  });
});
