import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RPCClient } from 'ocpp-rpc';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cdrOf,
  eventually,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from './flow.ts';
import { energyAt, minutesAfter } from './meter-values.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';

/** The answers that a client got, and the energy that it delivered. */
type Outcome = {
  readonly protocol: string;
  readonly boot: string;
  readonly authorized: string;
  readonly started: string;
  readonly transactionId: string;
  readonly energyWh: number;
};

/** A client charges once at a charger that is registered, with a token that is known. */
type Charge = (url: string, chargerId: string, password: string, tag: string) => Promise<Outcome>;

let running: RunningFlow;
beforeAll(async () => {
  running = await startFlow();
});
afterAll(async () => {
  await running.stop();
});

/** An answer, as far as the client looks at it. */
type Answer = {
  readonly status: string;
  readonly transactionId: number;
  readonly idTagInfo: { readonly status: string };
};

/** The client library `ocpp-rpc`, which checks every answer by the official schemas. */
const byOcppRpc: Charge = async (url, identity, password, tag) => {
  const client = new RPCClient({
    endpoint: `${url}/ocpp`,
    identity,
    password,
    protocols: ['ocpp1.6'],
    strictMode: true,
    reconnect: false,
    // Its declarations ask for every option; what is absent has a default.
  } as unknown as ConstructorParameters<typeof RPCClient>[0]);
  const call = async (action: string, payload: object) =>
    (await client.call(action, payload)) as Answer;
  await client.connect();
  try {
    const begin = '2026-11-02T08:00:00Z';
    const boot = await call('BootNotification', {
      chargePointVendor: 'Node',
      chargePointModel: 'Outside',
    });
    const authorized = await call('Authorize', { idTag: tag });
    const started = await call('StartTransaction', {
      connectorId: 1,
      idTag: tag,
      meterStart: 8_000,
      timestamp: begin,
    });
    const { transactionId } = started;
    for (let minute = 6; minute < 60; minute += 6) {
      const meterValue = [energyAt(minutesAfter(begin, minute), 8_000 + minute * 97)];
      await call('MeterValues', { connectorId: 1, transactionId, meterValue });
    }
    await call('StopTransaction', {
      transactionId,
      idTag: tag,
      meterStop: 8_000 + 60 * 97,
      timestamp: minutesAfter(begin, 60),
    });
    return {
      protocol: String(client.protocol),
      boot: boot.status,
      authorized: authorized.idTagInfo.status,
      started: started.idTagInfo.status,
      transactionId: String(transactionId),
      energyWh: 60 * 97,
    };
  } finally {
    await client.close();
  }
};

const python = process.env['JOULEGATE_PYTHON'];
const run = promisify(execFile);

/** The Python library `ocpp`, in a process of its own. */
const byPython =
  (script: string): Charge =>
  async (...args) => {
    const { stdout } = await run(python ?? '', [
      join(import.meta.dirname, 'outside', script),
      ...args,
    ]);
    return JSON.parse(stdout) as Outcome;
  };

const chargesOnce = (charge: Charge, protocol: string) => async () => {
  const tariffId = await registerTariff(running, { perKwh: '0.50', vatPercent: '0' });
  const { chargerId, password } = await registerCharger(running, { tariffId });
  await registerToken(running, 'OUTSIDE');

  const outcome = await charge(running.chargers, chargerId, password, 'OUTSIDE');

  expect(outcome).toMatchObject({
    protocol,
    boot: 'Accepted',
    authorized: 'Accepted',
    started: 'Accepted',
  });
  const [session] = await eventually(
    () => sessionsOf(running, chargerId),
    ([first]) => first?.state === 'ended',
  );
  expect(session?.transactionId).toBe(outcome.transactionId);
  const cdr = await cdrOf(running, session?.sessionId ?? '');
  expect(cdr).toMatchObject({
    state: 'sealed',
    energyKwh: outcome.energyWh / 1000,
    total: { currency: 'EUR', exclVat: (outcome.energyWh / 2000).toFixed(2) },
  });
  expect(cdr.anomalies).toEqual([]);
};

describe('ocpp-rpc, a client from npm', () => {
  it(
    'a session of OCPP 1.6 is billed with the energy that the client delivered',
    chargesOnce(byOcppRpc, 'ocpp1.6'),
  );
});

describe.skipIf(python === undefined)('ocpp, a client from PyPI (needs JOULEGATE_PYTHON)', () => {
  it(
    'a session of OCPP 1.6 is billed with the energy that the client delivered',
    chargesOnce(byPython('charge16.py'), 'ocpp1.6'),
  );
});
