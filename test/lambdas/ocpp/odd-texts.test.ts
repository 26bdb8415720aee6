import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../core/ocpp/v16/routes.ts';
import { oddProperties, oddTexts, variantsOf, withProperty } from '../odd-texts.ts';
import { messageRecords, scan, type TestCharger } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;
let charger: TestCharger;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
  await site.register();
  charger = await site.plugIn();
});

afterAll(async () => {
  await site.close();
});

const actions = Object.keys(routes);
let sent = 0;

const expectValidAnswer = async (action: string, payload: string) => {
  sent += 1;
  const answer = await charger.send(`[2,"m${sent}","${action}",${payload}]`);
  const frame = JSON.parse(answer ?? 'null') as unknown[];
  expect(frame[1]).toBe(`m${sent}`);
  if (routes[action as keyof typeof routes].transaction !== undefined) expect(frame[0]).toBe(3);
  expect(frame[2]).not.toBe('InternalError');
  expect([3, 4]).toContain(frame[0]);
};

describe('a message with an odd text in it', () => {
  it.each(Object.entries(oddTexts))(
    'an odd text gets a valid answer and causes no internal error, in any text of any message: %s',
    async (_about, literal) => {
      for (const action of actions) {
        for (const payload of variantsOf(action, literal)) await expectValidAnswer(action, payload);
      }
    },
  );

  it.each(Object.entries(oddProperties))(
    'a message with any additional properties gets a valid answer and causes no internal error: %s',
    async (_about, property) => {
      for (const action of actions) await expectValidAnswer(action, withProperty(action, property));
      expect(({} as Record<string, unknown>)['connectorId']).toBeUndefined();
    },
  );

  it('a message with odd texts is stored well-formed and without zero bytes, and every step can read it', async () => {
    for (const action of actions) {
      for (const literal of Object.values(oddTexts)) {
        const [payload] = variantsOf(action, literal);
        if (payload !== undefined) await expectValidAnswer(action, payload);
      }
    }
    await site.settle();

    const stored = JSON.stringify([
      await messageRecords(site.database),
      await scan(site.database, site.database.state),
    ]);
    expect(stored.length).toBeGreaterThan(100_000);
    expect(stored.isWellFormed()).toBe(true);
    // Text stored word for word may contain escapes; JSON.stringify escapes their backslash.
    expect(stored).not.toMatch(/\\u0000|\\u[dD][89abAB][\da-fA-F]{2}(?!\\\\u[dD][c-fC-F])/);
    expect((await site.sessions()).length).toBeGreaterThan(0);
  });

  it('a message with overlong texts leaves room for the other anomalies of its session', async () => {
    const [one, other] = ['x'.repeat(100_000), 'y'.repeat(100_000)];
    const text = JSON.stringify({ connectorId: 9, idTag: one, timestamp: '2026', meterStart: 1 });
    const answer = await charger.send(`[2,"s","StartTransaction",${text}]`);
    const { transactionId } = (JSON.parse(answer ?? 'null') as [number, string, object])[2] as {
      readonly transactionId: number;
    };
    const stop = { transactionId, meterStop: 2, timestamp: other };
    await expectValidAnswer('StopTransaction', JSON.stringify({ ...stop, reason: 'Local' }));
    for (const reason of [one, other]) {
      const second = { transactionId, meterStop: 3, timestamp: '2026-04-14T16:30:00Z', reason };
      await expectValidAnswer('StopTransaction', JSON.stringify(second));
    }
    for (const timestamp of [one, other]) {
      const begun = { connectorId: 9, idTag: 'TAG1', meterStart: 1, timestamp };
      await expectValidAnswer('StartTransaction', JSON.stringify(begun));
    }
    await site.settle();

    const sizes = (await scan(site.database, site.database.state)).map(
      (item) => JSON.stringify(item).length,
    );
    expect(Math.max(...sizes)).toBeLessThan(300_000);
  });
});
