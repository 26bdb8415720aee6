import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { at, type TestCharger } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';
import { ended, energy, started, updated } from './v201-events.ts';

let site: TestSite;
let charger: TestCharger;

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

beforeEach(async () => {
  await site.register();
  charger = await site.plugIn(Date.parse(at(70)), 'ocpp2.0.1');
});

async function charge(events: readonly object[]): Promise<Cdr> {
  for (const one of events) await charger.call('TransactionEvent', one);
  await site.settle();
  const [session] = await site.sessions();
  return (await site.cdrOf(session)) as unknown as Cdr;
}

it('the energy of a session is the same in every unit, power of ten and context that a charger may be set to', async () => {
  const sampled = (minute: number, sampledValue: object) => ({
    meterValue: [{ timestamp: at(minute), sampledValue: [sampledValue] }],
  });
  const cdr = await charge([
    started(sampled(0, { value: 1, context: 'Transaction.Begin', unitOfMeasure: { unit: 'kWh' } })),
    updated(
      1,
      15,
      sampled(15, {
        value: 25,
        context: 'Sample.Clock',
        unitOfMeasure: { unit: 'Wh', multiplier: 2 },
      }),
    ),
    updated(
      2,
      30,
      sampled(30, {
        value: 0.004,
        context: 'Sample.Periodic',
        unitOfMeasure: { unit: 'kWh', multiplier: 3 },
      }),
    ),
    ended(
      3,
      sampled(60, {
        value: 70_000,
        context: 'Transaction.End',
        unitOfMeasure: { multiplier: -1 },
      }),
    ),
  ]);
  expect(cdr).toMatchObject({
    state: 'sealed',
    energyKwh: 6,
    meterStart: { wh: 1000 },
    meterStop: { wh: 7000 },
    anomalies: [],
  });
});

it('intervals that follow the clock and registers that follow the session are not added', async () => {
  const interval = {
    value: 1500,
    measurand: 'Energy.Active.Import.Interval',
    context: 'Sample.Clock',
  };
  const withInterval = (seqNo: number, minute: number) =>
    updated(seqNo, minute, {
      meterValue: [
        { timestamp: at(minute), sampledValue: [{ value: 1000 + minute * 100 }, interval] },
      ],
    });
  const cdr = await charge([
    started(),
    withInterval(1, 15),
    withInterval(2, 30),
    withInterval(3, 45),
    ended(4),
  ]);
  expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 6 });
});

it('a signed value is evidence of the session wherever it comes: in its start, its updates, its end and MeterValues', async () => {
  const signedMeterValue = {
    signedMeterData: 'T0NNRg==',
    signingMethod: 'ECDSA',
    encodingMethod: 'OCMF',
    publicKey: '',
  };
  const signed = (minute: number, wh: number, context: string) => ({
    meterValue: [
      { timestamp: at(minute), sampledValue: [{ value: wh, context, signedMeterValue }] },
    ],
  });
  await charger.call('TransactionEvent', started(signed(0, 1000, 'Transaction.Begin')));
  await charger.call('TransactionEvent', updated(1, 20, signed(20, 3000, 'Sample.Periodic')));
  await charger.call('MeterValues', { evseId: 1, ...signed(30, 4000, 'Sample.Clock') });
  const cdr = await charge([ended(2, signed(60, 7000, 'Transaction.End'))]);
  expect(cdr).toMatchObject({ energyKwh: 6, anomalies: [{ code: 'SIGNED_UNVERIFIED' }] });
  const readings = await site.countedOf((await site.sessions())[0]);
  const formats = readings.flatMap(({ values }) =>
    (values as { sampledValues: { format: string }[] }[]).flatMap(({ sampledValues }) =>
      sampledValues.map(({ format }) => format),
    ),
  );
  expect(formats.filter((format) => format === 'signed')).toHaveLength(4);
});

it('meter values of the whole charger, as a main meter sends them, belong to no session', async () => {
  await charger.call('TransactionEvent', started());
  await charger.call('MeterValues', { evseId: 0, meterValue: [energy(30, 900_000)] });
  expect(await charge([ended(1)])).toMatchObject({
    state: 'sealed',
    energyKwh: 6,
    anomalies: [],
  });
});

it('a session that was begun while the charger was offline, with a placeholder for its first register, is not billed the whole meter', async () => {
  const cdr = await charge([
    started({ offline: true, meterValue: [energy(0, 0, 'Transaction.Begin')] }),
    updated(1, 1, { meterValue: [energy(1, 910_000)] }),
    updated(2, 30, { meterValue: [energy(30, 910_040)] }),
    ended(3, { meterValue: [energy(60, 910_083, 'Transaction.End')] }),
  ]);
  expect(cdr.energyKwh).toBeLessThan(1);
  expect(cdr.anomalies).not.toEqual([]);
});
