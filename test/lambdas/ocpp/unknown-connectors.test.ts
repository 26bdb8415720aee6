import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { at, codesOf, messageRecords, scan } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';
import { ended, started, updated } from './v201-events.ts';

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

describe('a start of OCPP 2 on a connector that the charger does not have', () => {
  const evses = [
    { evseId: 1, connectors: [{ connectorId: 1 }, { connectorId: 2 }] },
    { evseId: 2, connectors: [{ connectorId: 1 }] },
  ];
  const codesAt = async (form: object, place: object, protocol: Protocol) => {
    await site.register(form);
    const charger = await site.plugIn(Date.parse(at(70)), protocol);
    await charger.call('TransactionEvent', started({ evse: place }));
    await charger.call('TransactionEvent', ended(1));
    await site.settle();
    const [session] = await site.sessions();
    const cdr = await site.cdrOf(session);
    expect(cdr).toMatchObject({ energyKwh: 6 });
    return [codesOf(session), codesOf(cdr)];
  };

  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
    'a start of %s is reported exactly where its connector is not registered, by number or with its EVSE',
    async (protocol) => {
      const unknown = [
        ['by number', {}, { id: 3, connectorId: 1 }],
        ['by number', {}, { id: 1, connectorId: 3 }],
        ['with its EVSE', { evses }, { id: 3, connectorId: 1 }],
        ['with its EVSE', { evses }, { id: 2, connectorId: 99 }],
        ['with its EVSE', { evses }, { id: 99 }],
      ] as const;
      for (const [words, form, place] of unknown) {
        expect([words, place, await codesAt(form, place, protocol)]).toEqual([
          words,
          place,
          [['CONNECTOR_UNKNOWN'], ['CONNECTOR_UNKNOWN']],
        ]);
      }
      const registered = [
        [{}, { id: 2, connectorId: 1 }],
        [{ evses }, { id: 1, connectorId: 2 }],
        [{ evses }, { id: 2 }],
      ] as const;
      for (const [form, place] of registered) {
        expect([place, await codesAt(form, place, protocol)]).toEqual([place, [[], []]]);
      }
    },
  );

  it('a start of OCPP 1.6 is reported if its number is beyond all connectors of the EVSEs', async () => {
    await site.register({ evses });
    const charger = await site.plugIn();
    for (const connectorId of [1, 2, 3, 4]) {
      await charger.call('StartTransaction', start({ connectorId }));
    }

    const reported = (await site.sessions()).filter((one) => codesOf(one).length > 0);
    expect(reported).toMatchObject([{ connectorId: 4 }]);
  });
});

describe('a charger that makes up connectors', () => {
  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
    'a charger of %s that invents connectors of an EVSE has no more of them than an EVSE can have, and the rest is evidence',
    async (protocol) => {
      await site.register({ connectors: undefined });
      const charger = await site.plugIn(Date.parse(at(70)), protocol);
      const numbers = [...Array.from({ length: 40 }, (_none, n) => n + 1), 255, 256, 52_000];
      for (const connectorId of numbers) {
        const status = { evseId: 1, connectorId, connectorStatus: 'Occupied', timestamp: at(0) };
        await charger.call('StatusNotification', status);
      }
      await site.settle();

      expect(await connectors()).toHaveLength(8);
      const evidence = (await messageRecords(site.database)).filter(
        ({ chargerKey, kind }) => chargerKey === site.chargerKey && kind === 'status',
      );
      expect(evidence).toHaveLength(numbers.length);
    },
  );

  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
    'a charger of %s that names an impossible connector on the way or at the end has its session billed where it began',
    async (protocol) => {
      const places = [
        { id: 1, connectorId: 1e300 },
        { id: 1e300, connectorId: 1 },
        { id: 2 ** 53, connectorId: 2 ** 53 },
        { id: 1e300 },
      ];
      for (const evse of places) {
        await site.register();
        const charger = await site.plugIn(Date.parse(at(70)), protocol);
        await charger.call('TransactionEvent', started());
        await charger.call('TransactionEvent', updated(1, 30, { evse }));
        await charger.call('TransactionEvent', ended(2, { evse }));
        await site.settle();

        const [session] = await site.sessions();
        expect([evse, session]).toMatchObject([
          evse,
          { evseId: 1, connectorId: 1, state: 'ended', energyKwh: 6 },
        ]);
      }
    },
  );

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
