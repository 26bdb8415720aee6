import { setTimeout as delay } from 'node:timers/promises';
import type { Flow, Registered } from './flow.ts';
import { connectTestCharger, type TestCharger } from './test-charger.ts';

const patienceMs = 2_000;

/** Whoever is refused waits a little before the next handshake. */
const refusedMs = 200;

/** An engine that has to start again takes up to a tenth of it on a busy machine. */
const stubbornMs = 150_000;

/** A charger that sends every message until it is answered, over a new connection whenever one fails it. */
export type StubbornCharger = {
  readonly call: (action: string, payload: unknown) => Promise<Record<string, unknown>>;
  readonly close: () => Promise<void>;
};

/** Connects on demand and again and again, as the offline queue of a real charger does. */
export const stubbornCharger = (flow: Flow, charger: Registered): StubbornCharger => {
  let plug: TestCharger | undefined;
  const attempt = async (
    action: string,
    payload: unknown,
  ): Promise<readonly unknown[] | undefined> => {
    const connected = plug ?? (await connect(flow, charger));
    plug = connected;
    if (connected === undefined) {
      await delay(refusedMs);
      return undefined;
    }
    return await Promise.race([connected.send(action, payload), silence()]);
  };
  return {
    call: async (action, payload) => {
      const until = performance.now() + stubbornMs;
      while (performance.now() < until) {
        const frame = await attempt(action, payload);
        if (frame?.[0] === 3) return frame[2] as Record<string, unknown>;
        plug?.shout('');
        plug = undefined;
      }
      throw new Error(`${charger.chargerId} never got an answer to ${action}`);
    },
    close: async () => {
      await plug?.close();
    },
  };
};

const connect = async (flow: Flow, charger: Registered): Promise<TestCharger | undefined> => {
  const outcome = await connectTestCharger({
    url: flow.chargers,
    path: `/ocpp/${charger.chargerId}`,
    user: charger.chargerId,
    password: charger.password,
  });
  return 'refused' in outcome ? undefined : outcome;
};

const silence = (): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(undefined), patienceMs).unref();
  });
