import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { StackTemplate } from '../../runner/template/assembly.ts';
import { connect, registerCharger } from './flow.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';

const connections = 40;
/** Refusals after which a flood has shown that it is over its limit. */
const enough = 400;

let flow: RunningFlow;

beforeAll(async () => {
  flow = await startFlow({ editStack: narrowDoors });
});
afterAll(async () => {
  await flow.stop();
});

/** The routes that anybody may call keep limits of their own, but so small that the slowest machine exceeds them. */
function narrowDoors({ name, template }: StackTemplate): StackTemplate {
  const text = JSON.stringify(template).replace(
    /"RouteSettings":\{(?:"[^"]+":\{[^}]*\},?)+\}/g,
    (settings) =>
      settings
        .replace(/"ThrottlingRateLimit":\d+/g, '"ThrottlingRateLimit":1')
        .replace(/"ThrottlingBurstLimit":\d+/g, '"ThrottlingBurstLimit":10'),
  );
  return { name, template: JSON.parse(text) };
}

/** Repeats an attempt on 40 connections at once, each at full speed, until it was refused often enough. */
async function flood(attempt: () => Promise<number>): Promise<void> {
  let refused = 0;
  const attack = async (): Promise<void> => {
    while (refused < enough) {
      if ((await attempt()) === 429) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, attack));
}

/** The answers to calls while the flood went on: one after the other, at least 29. */
async function during<T>(attack: Promise<void>, call: () => Promise<T>): Promise<T[]> {
  let isOver = false;
  const end = attack.then(() => {
    isOver = true;
  });
  const answers: T[] = [];
  while (!isOver || answers.length < 29) {
    answers.push(await call());
  }
  await end;
  return answers;
}

const statusOf = async (path: string): Promise<number> => {
  const response = await fetch(`${flow.http}${path}`);
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

describe('an anonymous flood of 40 connections', () => {
  it.each(['/health', '/docs', '/wp-login.php', '/chargers/a/b/c'])(
    'a flood of GET %s does not make one call with a valid key answer 429',
    async (path) => {
      const answers = await during(
        flood(() => statusOf(path)),
        () => flow.operator.get('/settings'),
      );

      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    },
  );

  it('a flood of handshakes leaves the messages of a connected charger their answers', async () => {
    const charger = await connect(flow, await registerCharger(flow));
    const answers = await during(
      flood(() => statusOfHandshake('/ocpp/NOBODY')),
      () => charger.call('Heartbeat', {}),
    );

    for (const answer of answers) {
      expect(answer).toHaveProperty('currentTime');
    }
    await charger.close();
  });
});
