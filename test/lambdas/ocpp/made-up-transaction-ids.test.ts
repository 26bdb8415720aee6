import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, type Body, codesOf } from '../plant.ts';
import { expectValid, openSite, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }, { tokenId: 'TAG2' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22, connectors: 2 },
  });
});

afterAll(async () => {
  await site.close();
});

beforeEach(async () => {
  await site.register();
});

/** Transaction ids as they are written in a message, none of which we give. */
const madeUp: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('0', '-1', '-16', '2147483647', '4294967295', '9223372036854775807'),
  fc.bigInt({ min: -(2n ** 63n), max: 0n }).map(String),
  fc.bigInt({ min: 2n ** 31n - 1n, max: 2n ** 64n }).map(String),
);

/** As a number, or as a text. */
const written: fc.Arbitrary<string> = fc
  .tuple(madeUp, fc.boolean())
  .map(([id, isText]) => (isText ? `"${id}"` : id));

type Charger = Awaited<ReturnType<TestSite['plugIn']>>;

const begin = async (charger: Charger, minute: number, wh: number, more: object = {}) =>
  await charger.call('StartTransaction', {
    connectorId: 1,
    idTag: 'TAG1',
    timestamp: at(minute),
    meterStart: wh,
    ...more,
  });

const measure = async (charger: Charger, id: string, minute: number, wh: number) =>
  await charger.send(
    `[2,"m1","MeterValues",{"connectorId":1,"transactionId":${id},"meterValue":[{"timestamp":"${at(minute)}","sampledValue":[{"value":"${wh}","unit":"Wh"}]}]}]`,
  );

const end = async (charger: Charger, id: string, minute: number, wh: number, more = '') =>
  await charger.send(
    `[2,"m1","StopTransaction",{"transactionId":${id},"meterStop":${wh},"timestamp":"${at(minute)}"${more}}]`,
  );

/** State, energy and anomalies of each CDR, the first session first. */
async function bills(): Promise<readonly Body[]> {
  await site.settle();
  const sessions = (await site.sessions()).toReversed();
  return await Promise.all(
    sessions.map(async (session) => {
      const cdr = await site.cdrOf(session);
      if (cdr['state'] === undefined) return { tokenId: session['tokenId'], state: 'none' };
      if (cdr['state'] === 'sealed') await expectValid(site, cdr);
      return {
        tokenId: session['tokenId'],
        state: cdr['state'],
        energyKwh: cdr['energyKwh'],
        codes: codesOf(cdr),
      };
    }),
  );
}

const tokenOf = ({ tokenId }: Body): string => String(tokenId);

describe('a transaction id that we never gave', () => {
  it('each session is billed to its own end, whatever ids its charger makes up for them', async () => {
    await fc.assert(
      fc.asyncProperty(written, written, async (first, second) => {
        await site.register();
        const charger = await site.plugIn();
        await begin(charger, 0, 1000);
        await measure(charger, first, 10, 2000);
        await end(charger, first, 20, 4000);
        await begin(charger, 30, 4000);
        await measure(charger, second, 40, 5000);
        await end(charger, second, 50, 9000);

        const guessed = ['READINGS_GUESSED', 'STOP_GUESSED'];
        expect(await bills()).toEqual([
          { tokenId: 'TAG1', state: 'sealed', energyKwh: 3, codes: guessed },
          { tokenId: 'TAG1', state: 'sealed', energyKwh: 5, codes: guessed },
        ]);
      }),
      { numRuns: 12, examples: [['9223372036854775807', '9223372036854775807']] },
    );
  });

  it('a repeated stop under such an id ends no other session', async () => {
    await fc.assert(
      fc.asyncProperty(written, async (id) => {
        await site.register();
        const charger = await site.plugIn();
        await begin(charger, 0, 1000);
        await end(charger, id, 20, 4000);
        await begin(charger, 30, 4000);
        await end(charger, id, 20, 4000);

        expect((await bills()).map(({ state }) => state)).toEqual(['sealed', 'none']);
      }),
      { numRuns: 8 },
    );
  });

  it('two stops under different ids of that kind, which come while both connectors charge, make no common session', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(madeUp, { minLength: 2, maxLength: 2 }), async (ids) => {
        await site.register();
        const [first = '', second = ''] = ids;
        const charger = await site.plugIn();
        await begin(charger, 0, 1000);
        await begin(charger, 1, 1000, { connectorId: 2, idTag: 'TAG2' });
        await end(charger, first, 20, 4000);
        await end(charger, second, 20, 4000);

        const made = await bills();
        expect(made.filter(({ state }) => state === 'sealed')).toEqual([]);
        expect(made.filter(({ state }) => state === 'held')).toHaveLength(2);
      }),
      { numRuns: 6 },
    );
  });

  it('two stops that differ in their tokens alone end two sessions', async () => {
    const charger = await site.plugIn();
    await begin(charger, 0, 1000);
    await begin(charger, 1, 1000, { connectorId: 2, idTag: 'TAG2' });
    await end(charger, '-1000', 20, 4000, ',"idTag":"TAG1"');
    await end(charger, '-1001', 20, 4000, ',"idTag":"TAG2"');

    const made = [...(await bills())].sort((a, b) => tokenOf(a).localeCompare(tokenOf(b)));
    expect(made).toMatchObject([
      { tokenId: 'TAG1', state: 'sealed', energyKwh: 3 },
      { tokenId: 'TAG2', state: 'sealed', energyKwh: 3 },
    ]);
  });

  it('a session with several ids that count transactions is held: the start of one of them is missing', async () => {
    const charger = await site.plugIn();
    await begin(charger, 0, 1000);
    await measure(charger, '-1000', 10, 2000);
    await measure(charger, '-1001', 40, 6000);
    await end(charger, '-1001', 50, 7000);

    const [bill] = await bills();
    expect(bill).toMatchObject({ state: 'held' });
    expect(bill?.['codes']).toContain('SEVERAL_TRANSACTIONS');
  });

  it('a session with several ids that only say "none" is billed', async () => {
    const charger = await site.plugIn();
    await begin(charger, 0, 1000);
    await measure(charger, '0', 10, 2000);
    await measure(charger, '2147483647', 20, 3000);
    await end(charger, '9223372036854775807', 50, 7000);

    expect(await bills()).toMatchObject([{ state: 'sealed', energyKwh: 6 }]);
  });
});
