import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ageConnection } from './age-connection.ts';
import {
  cdrOf,
  connect,
  type Registered,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from './flow.ts';
import { energyAt, minutesAfter } from './meter-values.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';
import { connectTestCharger, type TestCharger } from './test-charger.ts';

const start = '2026-03-05T09:00:00.000Z';
/** Chargers that come back at once, and the measure of the other floods: `npm run reconnects` has a thousand. */
const size = Number(process.env['JOULEGATE_RECONNECTS'] ?? 100);
let flow: RunningFlow;
let tariffId: string;
/** True while API Gateway does not say that a connection has ended. */
let losesEnds = false;

beforeAll(async () => {
  flow = await startFlow({
    webSocket: {
      deliverDisconnect: async (run) => {
        if (!losesEnds) await run();
      },
    },
  });
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

describe('a charger that sends tens of megabytes of one session', () => {
  it('a charger that sends far too much gets an answer to each message, and no other charger waits for its CDR; its own is held by name', async () => {
    const loud = await begin();
    const others = await Promise.all(Array.from({ length: 6 }, begin));
    const messages = size < 1_000 ? 1_300 : 2_000;
    let sent = 0;
    const answers: (readonly unknown[])[] = [];
    const shouting = Array.from({ length: 20 }, async () => {
      while (sent < messages) {
        sent += 1;
        answers.push(await shout(loud, sent));
      }
    });
    for (const [n, other] of others.entries()) {
      await expect.poll(() => answers.length).toBeGreaterThan(n * 200);
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
    await expect.poll(async () => (await cdr()).status).toBe(200);
    const held = await cdrOf(flow, sessionId);
    expect(held).toMatchObject({ state: 'held', energyKwh: 12 });
    expect(held.anomalies.map(({ code }) => code)).toContain('EVIDENCE_TOO_LARGE');
  }, 300_000);
});

/** A kind of message that a charger sends without end: its action and payload, or a text that breaks off. */
type Kind = {
  readonly protocol: string;
  readonly say: (n: number) => readonly [action: string, payload: object] | string;
};

const evse = { id: 1, connectorId: 1 };

const transactionEvent = (eventType: string, n: number, seqNo: number) => ({
  ...{ eventType, seqNo, timestamp: minutesAfter(start, n), triggerReason: 'CablePluggedIn', evse },
  transactionInfo: { transactionId: `tx-${n}` },
  meterValue: [{ timestamp: minutesAfter(start, n), sampledValue: [{ value: n }] }],
});

const report = Array.from({ length: 60 }, (_, n) => ({
  component: { name: 'x'.repeat(50), instance: String(n) },
  variable: { name: 'y'.repeat(50) },
  variableAttribute: [{ type: 'Actual', value: 'z'.repeat(150) }],
}));

/** The messages that chargers flood with: each is another one. */
const kinds: Readonly<Record<string, Kind>> = {
  'invented starts': {
    protocol: 'ocpp1.6',
    say: (n) => [
      'StartTransaction',
      { connectorId: 1, idTag: 'OTTO', meterStart: n, timestamp: minutesAfter(start, n) },
    ],
  },
  'stops that nothing began': {
    protocol: 'ocpp1.6',
    say: (n) => [
      'StopTransaction',
      { transactionId: 1_000_000 + n, meterStop: n, timestamp: minutesAfter(start, n) },
    ],
  },
  'invented transactions of OCPP 2.0.1': {
    protocol: 'ocpp2.0.1',
    say: (n) => ['TransactionEvent', transactionEvent('Started', n, 0)],
  },
  'events of one transaction of OCPP 2.1': {
    protocol: 'ocpp2.1',
    say: (n) => ['TransactionEvent', { ...transactionEvent('Updated', 1, n), offline: true }],
  },
  statuses: {
    protocol: 'ocpp1.6',
    say: (n) => {
      const status = n % 2 === 0 ? 'Preparing' : 'Available';
      const timestamp = minutesAfter(start, n);
      return ['StatusNotification', { connectorId: 1, errorCode: 'NoError', status, timestamp }];
    },
  },
  reports: {
    protocol: 'ocpp2.0.1',
    say: (n) => [
      'NotifyReport',
      { requestId: n, generatedAt: start, seqNo: 0, tbc: true, reportData: report },
    ],
  },
  authorizations: { protocol: 'ocpp1.6', say: (n) => ['Authorize', { idTag: `NOBODY-${n}` }] },
  'frames that break off': {
    protocol: 'ocpp1.6',
    say: (n) => `[2,"m${n}","MeterValues",{"connectorId":1,"transactionId":${n},"meterValue":[{`,
  },
};

/** Messages of each kind at least, and how many are on the way at a time. */
const messagesOfKind = size / 5;
const atATime = size < 1_000 ? 1 : 5;

/** Sends a kind of message as fast as answers come, a few at a time, until it is over; gives the answers that are none. */
const flood = async (
  { protocol, say }: Kind,
  isOver: () => boolean,
): Promise<readonly unknown[]> => {
  const plug = await connect(flow, await registerCharger(flow, { tariffId }), {
    protocols: [protocol],
  });
  const strange: unknown[] = [];
  let sent = 0;
  const sendOn = async (): Promise<void> => {
    while (sent < messagesOfKind || !isOver()) {
      sent += 1;
      const said = say(sent);
      const frame = await (typeof said === 'string' ? plug.raw(said) : plug.send(...said));
      if (frame[0] !== 3) strange.push([said, frame]);
    }
  };
  // A text that breaks off has no answer that could be known by its id.
  const parallel = typeof say(0) === 'string' ? 1 : atATime;
  await Promise.all(Array.from({ length: parallel }, sendOn));
  await plug.close();
  return strange;
};

describe('chargers that send without end', () => {
  it('whatever kinds of messages chargers flood with at once, each is answered, and no other charger waits for its CDR', async () => {
    const others = await Promise.all(Array.from({ length: 3 }, begin));
    let isOver = false;
    const flooding = Promise.all(
      Object.entries(kinds).map(async ([kind, one]) => [kind, await flood(one, () => isOver)]),
    );
    const bills = others.map(async (other) => {
      const meterValue = [energyAt(minutesAfter(start, 30), 6_000)];
      const { plug, transactionId } = other;
      await plug.call('MeterValues', { connectorId: 1, transactionId, meterValue });
      const cdr = await cdrOf(flow, await end(other));
      await plug.close();
      return cdr;
    });
    const bill = { state: 'sealed', energyKwh: 12, total: { inclVat: '6.00' } };
    expect(await Promise.all(bills)).toMatchObject(others.map(() => bill));
    isOver = true;
    expect(await flooding).toEqual(Object.keys(kinds).map((kind) => [kind, []]));
    await flow.drained();
  }, 300_000);
});

/** Connects as a charger does: again after a pause, ever longer, while it is one of too many (429) or functions are too slow for all (5xx). */
const comeBack = async ({ chargerId, password }: Registered): Promise<TestCharger> => {
  for (let pause = 250; ; pause = Math.min(pause * 2, 4_000)) {
    const plug = await connectTestCharger({
      url: flow.chargers,
      path: `/ocpp/${chargerId}`,
      user: chargerId,
      password,
    });
    if (!('refused' in plug)) return plug;
    expect([429, 500, 503, 504]).toContain(plug.refused);
    await setTimeout(pause * (0.5 + Math.random()));
  }
};

describe('a fleet whose connections break', () => {
  it('chargers that all come back at once are let in, and no session of theirs is lost', async () => {
    const register = async () => await registerCharger(flow, { tariffId });
    const fleet: Registered[] = [];
    while (fleet.length < size) {
      fleet.push(...(await Promise.all(Array.from({ length: 4 }, register))));
    }
    const charging = fleet.slice(0, 25);
    const begun = await Promise.all(
      charging.map(async (charger) => {
        const plug = await comeBack(charger);
        const { transactionId } = await plug.call('StartTransaction', {
          connectorId: 1,
          idTag: 'OTTO',
          meterStart: 0,
          timestamp: start,
        });
        await plug.close();
        return { ...charger, transactionId };
      }),
    );

    const plugs = await Promise.all(fleet.map(comeBack));
    const answers = await Promise.all(plugs.map(async (plug) => await plug.call('Heartbeat', {})));

    expect(answers.filter(({ currentTime }) => typeof currentTime === 'string')).toHaveLength(
      fleet.length,
    );
    for (const [n, one] of begun.entries()) {
      const plug = plugs[n];
      if (plug === undefined) throw new Error('a charger did not come back');
      expect(await cdrOf(flow, await end({ ...one, plug }))).toMatchObject({
        state: 'sealed',
        energyKwh: 12,
      });
    }
    await Promise.all(plugs.map(async (plug) => await plug.close()));
  }, 300_000);

  it('a charger whose connection ended without a word is offline a quarter of an hour after it was heard last', async () => {
    const operator = await flow.newOperator('Silent');
    const charger = await registerCharger({ ...flow, operator });
    const plug = await connect(flow, charger);
    const shown = async () =>
      (await operator.get<Record<string, unknown>>(`/chargers/${charger.chargerId}`)).body;
    losesEnds = true;
    await plug.close();
    await ageConnection(flow, operator.operatorId, charger.chargerId);

    // The gateway may still be closing.
    await expect.poll(async () => (await shown())['online']).toBe(false);
    losesEnds = false;
    const back = await connect(flow, charger);
    expect((await shown())['online']).toBe(true);
    await back.close();
  });
});
