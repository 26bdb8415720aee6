import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cdrOf,
  connect,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from './flow.ts';
import { energyAt, minutesAfter } from './meter-values.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';

const start = '2026-03-05T09:00:00.000Z';
let flow: RunningFlow;
let tariffId: string;

beforeAll(async () => {
  flow = await startFlow();
  tariffId = await registerTariff(flow, { perKwh: '0.50' });
  await registerToken(flow, 'OTTO');
});
afterAll(async () => {
  await flow.stop();
});

const begin = async () => {
  const registered = await registerCharger(flow, { tariffId });
  const plug = await connect(flow, registered);
  const { transactionId } = await plug.call('StartTransaction', {
    connectorId: 1,
    idTag: 'OTTO',
    meterStart: 0,
    timestamp: start,
  });
  return { ...registered, plug, transactionId };
};

type Begun = Awaited<ReturnType<typeof begin>>;

const end = async ({ plug, transactionId, chargerId }: Begun): Promise<string> => {
  const timestamp = minutesAfter(start, 60);
  await plug.call('StopTransaction', { transactionId, meterStop: 12_000, timestamp });
  const [session] = await sessionsOf(flow, chargerId);
  return session?.sessionId ?? '';
};

/** One of several messages that a charger has on the way at a time, against all rules, of 30 KB each. */
const shout = async ({ plug, transactionId }: Begun, n: number) => {
  const reading = energyAt(minutesAfter(start, (n % 3_500) / 60), Math.floor(n * 3.4));
  const meterValue = [
    reading,
    { timestamp: start, sampledValue: [{ value: 'x'.repeat(29_500), measurand: 'Temperature' }] },
  ];
  return await plug.send('MeterValues', { connectorId: 1, transactionId, meterValue });
};

describe('a charger that sends 60 MB of one session', () => {
  it('a charger that sends far too much gets an answer to each message, and no other charger waits for its CDR; its own is held by name', async () => {
    const loud = await begin();
    const others = await Promise.all(Array.from({ length: 6 }, begin));
    const messages = 2_000;
    let sent = 0;
    const answers: (readonly unknown[])[] = [];
    const shouting = Array.from({ length: 20 }, async () => {
      while (sent < messages) {
        sent += 1;
        answers.push(await shout(loud, sent));
      }
    });
    for (const [n, other] of others.entries()) {
      await expect.poll(() => answers.length, { timeout: 120_000 }).toBeGreaterThan(n * 300);
      const meterValue = [energyAt(minutesAfter(start, 30), 6_000)];
      const { transactionId } = other;
      await other.plug.call('MeterValues', { connectorId: 1, transactionId, meterValue });
      expect(await cdrOf(flow, await end(other))).toMatchObject({
        state: 'sealed',
        energyKwh: 12,
        total: { inclVat: '6.00' },
      });
    }
    await Promise.all(shouting);
    expect(answers).toHaveLength(messages);
    expect(answers.filter(([type]) => type !== 3)).toEqual([]);

    const sessionId = await end(loud);
    const cdr = async () => await flow.operator.get(`/sessions/${sessionId}/cdr`);
    await expect.poll(async () => (await cdr()).status, { timeout: 120_000 }).toBe(200);
    const held = await cdrOf(flow, sessionId);
    expect(held).toMatchObject({ state: 'held', energyKwh: 12 });
    expect(held.anomalies.map(({ code }) => code)).toContain('EVIDENCE_TOO_LARGE');
  }, 300_000);
});
