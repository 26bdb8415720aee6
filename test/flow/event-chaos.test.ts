import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Event } from '../../core/event/event.ts';
import type { StackTemplate } from '../../runner/template/assembly.ts';
import { asJsonObject } from '../../runner/template/json-object.ts';
import { connect, eventually, registerCharger, registerTariff, registerToken } from './flow.ts';
import { killAtWork } from './kill-at-work.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';
import type { TestCharger } from './test-charger.ts';

const chargers = 10;
/** Sessions of each charger, and milliseconds from one death to the next: `npm run chaos` has 200 sessions in all, and more deaths. */
const many = process.env['JOULEGATE_CHAOS_SESSIONS'];
const sessionsEach = Math.ceil(Number(many ?? 60) / chargers);
const killEvery = many === undefined ? 400 : 150;
const sessions = chargers * sessionsEach;

/** Messages of a function that was killed come back after two seconds, instead of three minutes. */
const soonVisible = (stack: StackTemplate): StackTemplate => {
  const resources = Object.entries(asJsonObject(stack.template['Resources'])).map(([id, value]) => {
    const resource = asJsonObject(value);
    const properties = asJsonObject(resource['Properties']);
    const isQueue = resource['Type'] === 'AWS::SQS::Queue' && 'VisibilityTimeout' in properties;
    const edited = { ...resource, Properties: { ...properties, VisibilityTimeout: 2 } };
    return [id, isQueue ? edited : resource] as const;
  });
  return { ...stack, template: { ...stack.template, Resources: Object.fromEntries(resources) } };
};

let flow: RunningFlow;
let receiver: Receiver;

beforeAll(async () => {
  flow = await startFlow({ allowLoopback: true, editStack: soonVisible });
  // Every seventh delivery fails at the receiver too.
  receiver = await startReceiver((n) => (n % 7 === 0 ? 500 : 204));
});
afterAll(async () => {
  receiver.stop();
  await flow.stop();
});

const allEvents = async (): Promise<readonly Event[]> => {
  const events: Event[] = [];
  let after = '';
  for (;;) {
    const { body } = await flow.operator.get<{
      readonly items: readonly Event[];
      readonly nextCursor: string | null;
    }>(`/events?limit=100${after}`);
    events.push(...body.items);
    if (body.nextCursor === null) return events;
    after = `&after=${body.nextCursor}`;
  }
};

it('a receiver ends with every event of dozens of sessions, in an order that it can restore, however often our functions are killed', async () => {
  const events = ['session.started', 'session.ended', 'cdr.created', 'cdr.held'];
  const made = await flow.operator.post('/webhooks', { url: receiver.url, events });
  expect(made.status).toBe(201);
  const tariffId = await registerTariff(flow, { perKwh: '0.50' });
  await registerToken(flow, 'CHAOS');
  // One after the other: a busy machine refuses calls that wait for their function for long.
  const plugs: TestCharger[] = [];
  while (plugs.length < chargers) {
    plugs.push(await connect(flow, await registerCharger(flow, { tariffId })));
  }
  const killing = killAtWork(flow, () => receiver.received.length, killEvery);
  await Promise.all(
    plugs.map(async (charger) => {
      const begin = Date.now() - 86_400_000;
      for (let n = 0; n < sessionsEach; n += 1) {
        const at = (minute: number) => new Date(begin + (n * 60 + minute) * 60_000).toISOString();
        const { transactionId } = await charger.call('StartTransaction', {
          connectorId: 1,
          idTag: 'CHAOS',
          timestamp: at(0),
          meterStart: 1000 + n * 5000,
        });
        const meterStop = 6000 + n * 5000;
        await charger.call('StopTransaction', { transactionId, timestamp: at(30), meterStop });
      }
      await charger.close();
    }),
  );
  await eventually(
    async () => receiver.received.length,
    (count) => count >= sessions,
  );
  killing.stop();
  await flow.drained();
  const logged = (await allEvents()).filter(({ type }) => events.includes(type));
  const delivered = new Map(
    receiver.received
      .map(({ body }) => JSON.parse(body) as Event)
      .map((event) => [event.id, event]),
  );

  // One for fifteen sessions at least; a busy machine sees three times as many.
  expect(killing.killed()).toBeGreaterThanOrEqual(sessions / 15);
  for (const type of ['session.started', 'session.ended']) {
    const ids = logged.filter((event) => event.type === type).map(({ data }) => data['sessionId']);
    expect([type, ids.length, new Set(ids).size]).toEqual([type, sessions, sessions]);
  }
  expect(logged.filter(({ type }) => type.startsWith('cdr.'))).toHaveLength(sessions);
  const restored = [...delivered.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(restored).toEqual(logged);
}, 300_000);
