import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { StackTemplate } from '../../runner/template/assembly.ts';
import { asJsonObject, type JsonObject } from '../../runner/template/json-object.ts';
import { connect, registerCharger } from './flow.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';
import type { TestCharger } from './test-charger.ts';

const connections = 40;
/** Refusals after which a flood has shown that it is over its limit. */
const enough = 400;

let flow: RunningFlow;
let charger: TestCharger;

beforeAll(async () => {
  flow = await startFlow({ editStack: narrowDoors });
  charger = await connect(flow, await registerCharger(flow));
});
afterAll(async () => {
  await charger.close();
  await flow.stop();
});

/** Calls that all callers of the API together may make, once: more than the chargers and callers of these tests do. */
const sharedCalls = 300;

const narrowed = (settings: unknown, burst: number): JsonObject => ({
  ...asJsonObject(settings),
  ...{ ThrottlingRateLimit: 1, ThrottlingBurstLimit: burst },
});

/** The routes that anybody may call keep limits of their own, and all others theirs, but so small that the slowest machine exceeds them. */
function narrowDoors({ name, template }: StackTemplate): StackTemplate {
  const resources = Object.entries(asJsonObject(template['Resources'])).map(([id, value]) => {
    const { Properties = {}, ...resource } = asJsonObject(value);
    const { RouteSettings, DefaultRouteSettings, ...properties } = asJsonObject(Properties);
    if (RouteSettings === undefined) return [id, value] as const;
    const own = Object.entries(asJsonObject(RouteSettings));
    // The messages of chargers keep their limit.
    const isHttp = own.some(([route]) => route.includes('/health'));
    const edited = {
      ...properties,
      RouteSettings: Object.fromEntries(own.map(([route, one]) => [route, narrowed(one, 10)])),
      DefaultRouteSettings: isHttp
        ? narrowed(DefaultRouteSettings, sharedCalls)
        : asJsonObject(DefaultRouteSettings),
    };
    return [id, { ...resource, Properties: edited }] as const;
  });
  return { name, template: { ...template, Resources: Object.fromEntries(resources) } };
}

/** The answers to some calls, one after the other, in the middle of a flood: an attempt on 40 connections at once, each at full speed, refused often enough before. */
async function during<T>(attempt: () => Promise<number>, call: () => Promise<T>): Promise<T[]> {
  let refused = 0;
  let isOver = false;
  const attack = async (): Promise<void> => {
    while (!isOver) {
      if ((await attempt()) === 429) refused += 1;
    }
  };
  const flood = Promise.all(Array.from({ length: connections }, attack));
  const answers: T[] = [];
  try {
    await expect.poll(() => refused).toBeGreaterThan(enough);
    while (answers.length < 29) answers.push(await call());
  } finally {
    isOver = true;
    await flood;
  }
  return answers;
}

const statusOf = async (path: string, apiKey?: string): Promise<number> => {
  const headers: Record<string, string> =
    apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const response = await fetch(`${flow.http}${path}`, { headers });
  await response.arrayBuffer();
  return response.status;
};

/** The status of a handshake: 101 where it is let in. */
const statusOfHandshake = async (path: string): Promise<number> =>
  await new Promise((resolve) => {
    const socket = new WebSocket(`${flow.chargers}${path}`, ['ocpp1.6']);
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (request, response) => {
      response.resume();
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => resolve(0));
  });

// The last flood leaves nothing to any caller of the API.
describe('an anonymous flood of 40 connections', { shuffle: false }, () => {
  it.each(['/health', '/docs', '/wp-login.php', '/chargers/a/b/c'])(
    'a flood of GET %s does not make one call with a valid key answer 429',
    async (path) => {
      const answers = await during(
        () => statusOf(path),
        () => flow.operator.get('/settings'),
      );

      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    },
  );

  it('a flood of handshakes leaves the messages of a connected charger their answers', async () => {
    const answers = await during(
      () => statusOfHandshake('/ocpp/NOBODY'),
      () => charger.call('Heartbeat', {}),
    );

    for (const answer of answers) {
      expect(answer).toHaveProperty('currentTime');
    }
  });

  it('a flood of a path that needs a key has calls with a key answer 429 while it lasts, and no longer; chargers have their answers', async () => {
    const { apiKey } = flow.service.ready;
    const answers = await during(
      () => statusOf('/sessions'),
      async () => ({
        ...(await charger.call('Heartbeat', {})),
        status: await statusOf('/settings', apiKey),
      }),
    );

    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(429);
    expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
    for (const answer of answers) expect(answer).toHaveProperty('currentTime');
    await expect.poll(() => statusOf('/settings', apiKey), { interval: 1_500 }).toBe(200);
  });
});
