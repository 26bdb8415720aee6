import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, codesOf, type TestCharger } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';
import { ended, energy, event, started, updated } from './v201-events.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22, connectors: 2 },
  });
});

afterAll(async () => {
  await site.close();
});

type Protocol = 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1';
type Say = (charger: TestCharger, transactionId: unknown) => Promise<unknown>;

/** The sessions that messages leave, with what is billed for each, in the order of time. */
async function billed(protocol: Protocol, say: (charger: TestCharger) => Promise<unknown>) {
  await site.register();
  await say(await site.plugIn(Date.parse(at(120)), protocol));
  await site.settle();
  return await Promise.all(
    (await site.sessions()).toReversed().map(async (session) => {
      const { state, energyKwh, total } = await site.cdrOf(session);
      const inclVat = (total as { readonly inclVat?: string } | null)?.inclVat;
      return { state, energyKwh, total: inclVat, codes: codesOf(session) };
    }),
  );
}

/** A session of OCPP 1.6 with messages in between; it ends as it should unless told otherwise. */
const ofOne =
  (
    between: Say,
    ends: Say = async (charger, id) => await charger.call('StopTransaction', stop(id)),
  ) =>
  async (charger: TestCharger) => {
    const { transactionId } = await charger.call('StartTransaction', start());
    await between(charger, transactionId);
    await ends(charger, transactionId);
  };

const values = (minute: number, sampledValue: readonly object[], transactionId?: unknown) => ({
  connectorId: 1,
  ...(transactionId !== undefined && { transactionId }),
  meterValue: [{ timestamp: at(minute), sampledValue }],
});

/** Events of a session of OCPP 2. */
const ofTwo = (events: readonly object[]) => async (charger: TestCharger) => {
  for (const one of events) await charger.call('TransactionEvent', one);
};

const tenKwh = { state: 'sealed', energyKwh: 10, total: '5.00', codes: [] };
const sixKwh = { state: 'sealed', energyKwh: 6, total: '3.00', codes: [] };

describe('behaviour of chargers that was reported in public', () => {
  it('a transaction id that overflows during a session loses no reading (lorenzodonini/ocpp-go#188)', async () => {
    const bill = await billed(
      'ocpp1.6',
      ofOne(async (charger) => {
        const overflown = JSON.stringify(values(30, [{ value: '6000' }])).replace(
          '"connectorId":1',
          '"connectorId":1,"transactionId":9223372036854775807',
        );
        expect(await charger.send(`[2,"m9","MeterValues",${overflown}]`)).toBe('[3,"m9",{}]');
      }),
    );
    expect(bill).toEqual([{ ...tenKwh, codes: ['READINGS_GUESSED'] }]);
  });

  it('a register in parts of a watt-hour ends its session (shiv3/ocpp-cp-simulator#83)', async () => {
    const bill = await billed(
      'ocpp1.6',
      ofOne(
        async () => {},
        async (charger, id) =>
          await charger.call('StopTransaction', stop(id, { meterStop: 11_000.333 })),
      ),
    );
    expect(bill).toEqual([tenKwh]);
  });

  it('a stop with properties of its own, and its register in kWh with rounding of doubles (road-labs/chargestation-one#61)', async () => {
    const bill = await billed(
      'ocpp1.6',
      ofOne(
        async () => {},
        async (charger, id) => {
          const { reason: disconnectReason, ...own } = stop(id);
          const transactionData = [
            {
              timestamp: at(60),
              sampledValue: [
                { value: '11.000000000000002', context: 'Sample.Periodic', unit: 'kWh' },
              ],
            },
          ];
          await charger.call('StopTransaction', {
            ...own,
            connectorId: 1,
            disconnectReason,
            transactionData,
          });
        },
      ),
    );
    expect(bill).toEqual([tenKwh]);
  });

  it('a start where the stop should be bills nothing by its own register, and the session before it is held (ChargeTimeEU/Java-OCA-OCPP#74)', async () => {
    const bill = await billed(
      'ocpp1.6',
      ofOne(
        async (charger, id) => {
          await charger.call('MeterValues', values(50, [{ value: '10000' }], id));
        },
        async (charger) => {
          await charger.call('StartTransaction', start({ timestamp: at(60), meterStart: 0 }));
          await charger.call('StatusNotification', {
            connectorId: 1,
            errorCode: 'NoError',
            status: 'Available',
            timestamp: at(61),
          });
        },
      ),
    );
    const held = { state: 'held', energyKwh: 9, codes: ['SESSION_SUPERSEDED'] };
    expect(bill).toMatchObject([held, { state: undefined, total: undefined }]);
  });

  it('the reading of the start beside each reading, last in its list, by a register that counts from zero (evcc-io/evcc#33256)', async () => {
    const bill = await billed('ocpp1.6', async (charger) => {
      const { transactionId } = await charger.call('StartTransaction', start({ meterStart: 0 }));
      for (const minute of [10, 30, 50]) {
        await charger.call(
          'MeterValues',
          values(
            minute,
            [
              { value: `${Math.round((minute * 1000) / 6)}`, context: 'Sample.Periodic' },
              { value: '0', context: 'Transaction.Begin' },
            ],
            transactionId,
          ),
        );
      }
      await charger.call('StopTransaction', stop(transactionId, { meterStop: 10_000 }));
    });
    expect(bill).toEqual([{ ...tenKwh, codes: ['BEGIN_REPEATED'] }]);
  });

  it('values of a transaction that nobody began are kept and billed to nobody (lbbrhzn/ocpp#511)', async () => {
    const bill = await billed('ocpp1.6', async (charger) => {
      await charger.call('MeterValues', values(-30, [{ value: '500' }], 1936029036));
      await ofOne(async () => {})(charger);
      await charger.call('MeterValues', values(75, [{ value: '11000' }], 1652017320));
    });
    expect(bill).toEqual([tenKwh]);
  });

  it('values that are sent again at every reconnection, with the same message id, count once (sap-labs-france/ev-dashboard#1686)', async () => {
    const bill = await billed(
      'ocpp1.6',
      ofOne(async (_charger, id) => {
        const text = JSON.stringify([
          2,
          '87662384',
          'MeterValues',
          values(30, [{ value: '6000' }], id),
        ]);
        for (const _n of [1, 2, 3]) {
          const again = await site.plugIn(Date.parse(at(120)), 'ocpp1.6');
          expect(await again.send(text)).toBe('[3,"87662384",{}]');
        }
      }),
    );
    expect(bill).toEqual([tenKwh]);
  });

  it('a register that is named as that of one phase is the whole one where the ends say so (matth-x/MicroOcpp#387)', async () => {
    const bill = await billed(
      'ocpp1.6',
      ofOne(async (charger, id) => {
        await charger.call(
          'MeterValues',
          values(30, [{ value: '6000.000', phase: 'L1', unit: 'Wh' }], id),
        );
      }),
    );
    expect(bill).toEqual([{ ...tenKwh, codes: ['PHASE_AS_TOTAL'] }]);
  });

  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
    'an update of %s after a power loss goes on with its transaction (citrineos/citrineos-core#684)',
    async (protocol) => {
      const bill = await billed(
        protocol,
        ofTwo([
          started(),
          updated(1, 20),
          updated(2, 40, { triggerReason: 'TxResumed', meterValue: [energy(40, 3000)] }),
          ended(3),
        ]),
      );
      expect(bill).toEqual([sixKwh]);
    },
  );

  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
    'values that were asked of a charger of %s come as an event of its transaction (SAP/e-mobility-charging-stations-simulator#1943)',
    async (protocol) => {
      const triggered = { triggerReason: 'Trigger', meterValue: [energy(20, 3000, 'Trigger')] };
      const bill = await billed(
        protocol,
        ofTwo([started(), event('Updated', 1, 20, triggered), ended(2)]),
      );
      expect(bill).toEqual([sixKwh]);
    },
  );

  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
    'a status of EVSE 0 and connector 0 of %s is that of the charger, and of none of its connectors (lbbrhzn/ocpp#2020)',
    async (protocol) => {
      await site.register();
      const charger = await site.plugIn(Date.parse(at(120)), protocol);
      const status = (evseId: number, connectorId: number, connectorStatus: string) =>
        charger.call('StatusNotification', {
          timestamp: at(1),
          evseId,
          connectorId,
          connectorStatus,
        });
      await status(1, 1, 'Available');
      await status(2, 1, 'Occupied');
      expect(await status(0, 0, 'Unavailable')).toEqual({});
      await site.settle();
      const { body } = await site.call('GET', `/chargers/${site.chargerId}`);
      expect(body['connectors']).toMatchObject([
        { evseId: 1, connectorId: 1, status: 'Available' },
        { evseId: 2, connectorId: 1, status: 'Occupied' },
      ]);
    },
  );
});
