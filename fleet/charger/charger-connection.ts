import { setTimeout as sleep } from 'node:timers/promises';
import { RPCClient } from 'ocpp-rpc';
import type { Protocol } from '../../core/ocpp/protocol.ts';
import { settingAnswers } from './charger-settings.ts';
import { fileAnswers } from './file-answers.ts';
import { remoteControl } from './remote-control.ts';

/** Where a simulated charger connects, and as whom. */
export type ChargerIdentity = {
  /** Base URL of the charger side, as in `ws://127.0.0.1:3001`. */
  readonly url: string;
  readonly chargerId: string;
  readonly password: string;
  /** The version that it speaks. */
  readonly protocol: Protocol;
};

/** A charger's connection over which one CALL at a time is sent and answered. */
export type ChargerConnection = {
  readonly protocol: Protocol;
  /** Sends a CALL and gives the payload of its CALLRESULT; rejects on a CALLERROR. */
  readonly call: (action: string, payload: object) => Promise<Record<string, unknown>>;
  readonly close: () => Promise<void>;
};

const attempts = 30;
const pauseMs = 1000;

/**
 * Connects a simulated charger with HTTP Basic, validating every message it sends and receives by the
 * official schemas. When the connection breaks, a CALL waits for the next one and is sent again, as the offline
 * queue of a real charger does: after 30 attempts, one a second, it gives up.
 */
export const connectCharger = async (identity: ChargerIdentity): Promise<ChargerConnection> => {
  const client = new RPCClient({
    endpoint: `${identity.url}/ocpp`,
    identity: identity.chargerId,
    password: identity.password,
    protocols: [identity.protocol],
    // The library cannot find its schemas of 2.1 by the names that it looks for; the stack validates every message anyway.
    strictMode: ['ocpp1.6', 'ocpp2.0.1'],
    strictModeValidators: [],
    headers: {},
    wsOpts: {},
    callConcurrency: 1,
    callTimeoutMs: 30_000,
    deferPingsOnActivity: false,
    respondWithDetailedErrors: false,
    maxBadMessages: 10,
    reconnect: true,
    maxReconnects: attempts,
    pingIntervalMs: 0,
    backoff: { initialDelay: 200, maxDelay: pauseMs, factor: 2, randomisationFactor: 0.25 },
  });
  // An 'error' event without a listener would end the process; the failing call itself reports the fault.
  client.on('error', () => undefined);

  let closed = false;
  const isFinal = (error: unknown, attempt: number): boolean =>
    closed || isCallError(error) || attempt === attempts;
  const comeBack = async (): Promise<void> => {
    await sleep(pauseMs);
    if (!closed) await client.connect().catch(() => undefined);
  };
  const call = async (action: string, payload: object): Promise<Record<string, unknown>> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await client.call(action, payload)) as Record<string, unknown>;
      } catch (error) {
        if (isFinal(error, attempt)) throw error;
        await comeBack();
      }
    }
  };
  const answers = { ...settingAnswers(), ...fileAnswers(identity.protocol, call) };
  for (const [action, answer] of Object.entries(answers)) {
    client.handle(action, async ({ params }) => ({ ...answer(params as never) }));
  }
  for (const action of remoteControl) client.handle(action, async () => ({ status: 'Accepted' }));
  await connectPatiently(client);
  const close = async (): Promise<void> => {
    closed = true;
    await client.close({ code: 1000 });
  };
  return { protocol: identity.protocol, call, close };
};

// A backend that is starting or busy answers 5xx, and a charger retries; a final refusal is passed to the caller.
const connectPatiently = async (client: RPCClient): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await client.connect();
    } catch (error) {
      if (attempt === attempts || refusedForGood(error)) throw new Error((error as Error).message);
      await sleep(pauseMs);
    }
  }
};

const refusedForGood = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'number' && code >= 400 && code < 500 && code !== 429;
};

// ocpp-rpc gives answers of the other side an rpcErrorCode; what has none is a broken or timed-out connection.
const isCallError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'rpcErrorCode' in error;
