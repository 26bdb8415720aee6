import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Event } from '../../core/event/event.ts';
import type { StackTemplate } from '../../runner/template/assembly.ts';
import { asJsonObject } from '../../runner/template/json-object.ts';
import { followFeed } from './feed-client.ts';
import { connect, registerCharger, registerTariff, registerToken } from './flow.ts';
import { killAtWork } from './kill-at-work.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';
import type { TestCharger } from './test-charger.ts';

const chargers = 10;
/** Milliseconds from one death to the next. */
const killEvery = 250;
/** Sessions of each charger: `npm run chaos` has 200 in all. */
const sessionsEach = Math.ceil(Number(process.env['JOULEGATE_CHAOS_SESSIONS'] ?? 60) / chargers);
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

beforeAll(async () => {
  flow = await startFlow({ editStack: soonVisible });
});
afterAll(async () => {
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

/** A subscriber that loses its connection at random, and goes on after the last event that it got. */
async function followThroughTrouble(
  got: Event[],
  start: string,
  isDone: () => Promise<boolean>,
): Promise<number> {
  const { feed, apiKey } = flow.service.ready;
  for (let connections = 1; ; connections += 1) {
    const client = await followFeed(feed, apiKey, (frame) => got.push(...(frame.events ?? [])));
    client.send({ type: 'subscribe', after: got.at(-1)?.id ?? start });
    await Promise.race([client.closed, delay(200 + Math.random() * 1_500)]);
    client.socket.terminate();
    // Frames that were still on their way belong to this connection, or to none.
    await client.closed;
    if (await isDone()) return connections;
  }
}

it('a subscriber that reconnects at random during dozens of sessions ends with exactly the log, however often our functions are killed', async () => {
  const tariffId = await registerTariff(flow, { perKwh: '0.50' });
  await registerToken(flow, 'CHAOS');
  const first = await connect(flow, await registerCharger(flow));
  await first.close();
  await flow.drained();
  const before = await allEvents();
  const start = before.at(0)?.id ?? '';
  const got: Event[] = [];
  let ended = false;
  const isDone = async () => ended && got.at(-1)?.id === (await allEvents()).at(-1)?.id;
  const following = followThroughTrouble(got, start, isDone);
  // One after the other: a busy machine refuses calls that wait for their function for long.
  const plugs: TestCharger[] = [];
  while (plugs.length < chargers) {
    plugs.push(await connect(flow, await registerCharger(flow, { tariffId })));
  }
  const killing = killAtWork(flow, () => got.length, killEvery);
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
        await delay(Math.random() * 300);
      }
      await charger.close();
    }),
  );
  killing.stop();
  await flow.drained();
  ended = true;
  const connections = await following;
  const log = await allEvents();

  expect(connections).toBeGreaterThan(1);
  // One for fifteen sessions at least; a busy machine sees three times as many.
  expect(killing.killed()).toBeGreaterThanOrEqual(sessions / 15);
  expect(log.filter(({ type }) => type === 'session.ended')).toHaveLength(sessions);
  expect(got).toEqual(log.slice(1));
}, 300_000);
