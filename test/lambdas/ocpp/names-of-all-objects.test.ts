import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textsWith } from '../odd-texts.ts';
import { at, type TestCharger } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
});

afterAll(async () => {
  await site.close();
});

/** Words that every object of JavaScript has for something of its own, also in lower case. */
const names = ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty'];

/** A value with everything that describes one. */
const sampled = {
  ...{ context: 'Sample.Periodic', measurand: 'Energy.Active.Import.Register' },
  ...{ phase: 'L1', location: 'Outlet' },
};

const readings16 = {
  meterValue: [
    {
      timestamp: at(30),
      sampledValue: [
        { ...sampled, value: '6000', unit: 'Wh', format: 'Raw' },
        { value: '7000', measurand: 'Power.Active.Import', unit: 'W' },
        { value: '40', measurand: 'SoC', unit: 'Percent' },
      ],
    },
  ],
};

const event = (eventType: string, minute: number, seqNo: number, transactionId: string) => ({
  ...{ eventType, seqNo, timestamp: at(minute), triggerReason: 'MeterValuePeriodic' },
  transactionInfo: { transactionId, chargingState: 'Charging', stoppedReason: 'Local' },
  idToken: {
    idToken: 'TAG1',
    type: 'ISO14443',
    additionalInfo: [{ additionalIdToken: 'x', type: 'y' }],
  },
  evse: { id: 1, connectorId: 1 },
  meterValue: [
    {
      timestamp: at(minute),
      sampledValue: [
        {
          ...{ ...sampled, phase: undefined, value: minute * 200 },
          unitOfMeasure: { unit: 'Wh', multiplier: 0 },
        },
        {
          ...{ value: 7, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'kW' } },
          signedMeterValue: {
            ...{ signedMeterData: 's', signingMethod: 'm', encodingMethod: 'OCMF', publicKey: 'k' },
          },
        },
      ],
    },
  ],
});

/** An event with a word in the place of each of its texts, but for the id of its transaction. */
const eventsWith = (type: string, word: string): readonly object[] => {
  const whole = JSON.stringify(event(type, type === 'Ended' ? 60 : 30, 1, 'T'));
  return textsWith(whole, JSON.stringify(word)).map((text) => JSON.parse(text));
};

/** A transaction with such an event in it. */
const charge = async (charger: TestCharger, transactionId: string, odd: object): Promise<void> => {
  const { transactionInfo } = odd as ReturnType<typeof event>;
  await charger.call('TransactionEvent', event('Started', 0, 0, transactionId));
  const named = { ...transactionInfo, transactionId };
  await charger.call('TransactionEvent', { ...odd, transactionInfo: named });
  await charger.call('TransactionEvent', event('Ended', 60, 2, transactionId));
};

/** Every session of the charger ends in a CDR, which has been made by now. */
const expectCdrs = async (count: number): Promise<void> => {
  await site.settle();
  const { items = [] } = (await site.call('GET', `/sessions?chargerId=${site.chargerId}&limit=100`))
    .body;
  expect(items).toHaveLength(count);
  expect(items.filter(({ cdrId }) => cdrId === null)).toEqual([]);
};

describe('a charger that sends names which every object has', () => {
  it.each(names)(
    'a session of OCPP 1.6 gets its CDR whatever text of its readings is the word %s',
    async (name) => {
      await site.register();
      const charger = await site.plugIn();
      const variants = textsWith(JSON.stringify(readings16), JSON.stringify(name));
      for (const [n, variant] of variants.entries()) {
        const begun = start({ connectorId: 1, meterStart: n });
        const { transactionId } = await charger.call('StartTransaction', begun);
        const readings = JSON.parse(variant);
        const said = { connectorId: 1, transactionId, ...readings };
        await charger.call('MeterValues', said);
        const end = stop(transactionId, { transactionData: readings.meterValue });
        await charger.call('StopTransaction', end);
      }
      await expectCdrs(variants.length);
    },
  );

  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
    'a transaction of %s gets its CDR whatever text of an event is such a word',
    async (protocol) => {
      for (const name of names) {
        await site.register();
        const charger = await site.plugIn(undefined, protocol);
        const all = ['Updated', 'Ended'].flatMap((type) => eventsWith(type, name));
        for (const [n, one] of all.entries()) await charge(charger, `T-${n}`, one);
        await expectCdrs(all.length);
      }
    },
  );
});
