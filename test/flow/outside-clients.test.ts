import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createValidator, RPCClient } from 'ocpp-rpc';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { newLocation } from '../lambdas/one-of-everything.ts';
import {
  cdrOf,
  eventually,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from './flow.ts';
import { energyAt, minutesAfter } from './meter-values.ts';
import { schemathesisSettings } from './outside/schemathesis-settings.ts';
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
  readonly idTokenInfo: { readonly status: string };
};

type Call = (action: string, payload: object) => Promise<Answer>;

type OfficialSchema = { readonly $id: string };

/** Its schemas of OCPP 2.1, under the names by which it looks for them: those that older versions have. */
const validator21 = createValidator(
  'ocpp2.1',
  (
    createRequire(import.meta.url)('ocpp-rpc/lib/schemas/ocpp2_1.json') as readonly OfficialSchema[]
  ).map((schema) => ({
    ...schema,
    $id: schema.$id.replace(/Request$/, '.req').replace(/Response$/, '.conf'),
  })) as never,
);

/** The client library `ocpp-rpc`, which checks every answer by the official schemas. */
const byOcppRpc =
  (
    protocol: string,
    charge: (call: Call, tag: string) => Promise<Omit<Outcome, 'protocol'>>,
  ): Charge =>
  async (url, identity, password, tag) => {
    const client = new RPCClient({
      endpoint: `${url}/ocpp`,
      identity,
      password,
      protocols: [protocol],
      strictMode: true,
      ...(protocol === 'ocpp2.1' && { strictModeValidators: [validator21] }),
      reconnect: false,
      // Its declarations ask for every option; what is absent has a default.
    } as unknown as ConstructorParameters<typeof RPCClient>[0]);
    await client.connect();
    try {
      const call: Call = async (action, payload) => (await client.call(action, payload)) as Answer;
      return { ...(await charge(call, tag)), protocol: String(client.protocol) };
    } finally {
      await client.close();
    }
  };

const begin = '2026-11-02T08:00:00Z';

/** An hour in the words of OCPP 1.6. */
const chargeWith16 = async (call: Call, tag: string) => {
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
    boot: boot.status,
    authorized: authorized.idTagInfo.status,
    started: started.idTagInfo.status,
    transactionId: String(transactionId),
    energyWh: 60 * 97,
  };
};

/** The same in the words of OCPP 2, whose chargers name their transactions themselves. */
const chargeWith2 = async (call: Call, tag: string) => {
  const idToken = { idToken: tag, type: 'ISO14443' };
  const boot = await call('BootNotification', {
    reason: 'PowerUp',
    chargingStation: { vendorName: 'Node', model: 'Outside' },
  });
  const authorized = await call('Authorize', { idToken });
  const event = (seqNo: number, eventType: string, triggerReason: string, more: object) => {
    const timestamp = minutesAfter(begin, seqNo * 6);
    const sampledValue = [{ value: 8_000 + seqNo * 6 * 97, unitOfMeasure: { unit: 'Wh' } }];
    return call('TransactionEvent', {
      eventType,
      seqNo,
      timestamp,
      triggerReason,
      transactionInfo: { transactionId: 'outside-1' },
      meterValue: [{ timestamp, sampledValue }],
      ...more,
    });
  };
  const evse = { id: 1, connectorId: 1 };
  const started = await event(0, 'Started', 'Authorized', { idToken, evse });
  for (let n = 1; n < 10; n += 1) await event(n, 'Updated', 'MeterValuePeriodic', {});
  await event(10, 'Ended', 'StopAuthorized', {
    transactionInfo: { transactionId: 'outside-1', stoppedReason: 'Local' },
  });
  return {
    boot: boot.status,
    authorized: authorized.idTokenInfo.status,
    started: started.idTokenInfo.status,
    transactionId: 'outside-1',
    energyWh: 60 * 97,
  };
};

const python = process.env['JOULEGATE_PYTHON'];
const run = promisify(execFile);

/** The Python library `ocpp`, in a process of its own. */
const byPython =
  (script: string, ...options: readonly string[]): Charge =>
  async (...args) => {
    const { stdout } = await run(python ?? '', [
      join(import.meta.dirname, 'outside', script),
      ...options,
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
  it.each([
    ['1.6', chargeWith16],
    ['2.0.1', chargeWith2],
    ['2.1', chargeWith2],
  ] as const)(
    'a session of OCPP %s is billed with the energy that the client delivered',
    async (version, charge) => {
      const protocol = `ocpp${version}`;
      await chargesOnce(byOcppRpc(protocol, charge), protocol)();
    },
  );
});

describe('the client of the SDK of MCP, from npm', () => {
  it.each(['auto', 'legacy'] as const)(
    'a client that negotiates %s lists tools over HTTP, reads with them, and changes in two calls',
    async (mode) => {
      const operator = await running.newOperator(`MCP ${mode}`);
      const scopes = ['locations:write', 'mcp:write'];
      const key = await operator.post<{ apiKey: string }>('/api-keys', { name: 'Aid', scopes });
      const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
      await client.connect(
        new StreamableHTTPClientTransport(new URL(`${running.http}/mcp`), {
          requestInit: { headers: { authorization: `Bearer ${key.body.apiKey}` } },
        }),
      );
      onTestFinished(() => client.close());
      const use = async (name: string, given: Record<string, unknown>) => {
        const { content } = await client.callTool({ name, arguments: given });
        return JSON.parse((content as readonly { text: string }[])[0]?.text ?? '');
      };

      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toContain('postLocations');
      expect(await use('getLocations', {})).toEqual({ items: [], nextCursor: null });
      const body = { ...newLocation, name: 'By a tool' };
      const { confirmation } = await use('postLocations', { body });
      expect(await use('getLocations', {})).toEqual({ items: [], nextCursor: null });
      const { locationId } = await use('postLocations', { body, confirmation });
      expect(await use('getLocationsByLocationId', { locationId })).toMatchObject({
        name: 'By a tool',
      });
    },
  );
});

describe.skipIf(python === undefined)('ocpp, a client from PyPI (needs JOULEGATE_PYTHON)', () => {
  it.each([
    ['1.6', ['charge16.py']],
    ['2.0.1', ['charge2.py', 'ocpp2.0.1']],
    ['2.1', ['charge2.py', 'ocpp2.1']],
  ] as const)(
    'a session of OCPP %s is billed with the energy that the client delivered',
    async (version, [script, ...options]) => {
      await chargesOnce(byPython(script, ...options), `ocpp${version}`)();
    },
  );
});

/** The checks of schemathesis: an answer of a kind, status and form that the description has, and never a 500. */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
].join();

/** The report of schemathesis about a run, as far as it is looked at. */
type SchemathesisReport = {
  readonly complete: boolean;
  readonly operations: Readonly<Record<'total' | 'tested' | 'errored' | 'skipped', number>>;
  readonly failures: readonly object[];
  readonly errors: readonly object[];
};

describe.skipIf(python === undefined)('schemathesis, from PyPI (needs JOULEGATE_PYTHON)', () => {
  it('no operation of the description gets a 500 or an answer that is not described, whatever schemathesis makes of it', async () => {
    const operator = await running.newOperator('Schemathesis');
    const described = await fetch(`${running.http}/openapi.json`);
    const { paths } = (await described.json()) as { paths: Readonly<Record<string, object>> };
    const folder = mkdtempSync(join(tmpdir(), 'joulegate-schemathesis-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const settings = join(folder, 'schemathesis.toml');
    writeFileSync(settings, await schemathesisSettings(operator));
    const report = join(folder, 'report.json');

    const { stdout } = await run(
      join(dirname(python ?? ''), 'schemathesis'),
      [
        ...['--config-file', settings, 'run', `${running.http}/openapi.json`],
        ...['--header', `Authorization: Bearer ${operator.apiKey}`, '--checks', checks],
        // The same requests in each run: a slower machine takes longer, for an answer as for an example, and sees no less.
        ...['--phases', 'fuzzing', '--max-examples', '2', '--generation-deterministic'],
        ...['--request-timeout', '150', '--suppress-health-check', 'too_slow'],
        ...['--report', 'json', '--report-json-path', report],
        ...['--continue-on-failure', '--no-color', '--warnings', 'off', '--workers', '1'],
      ],
      { cwd: folder },
    ).catch((failed: { stdout?: string }) => ({ stdout: failed.stdout ?? String(failed) }));

    expect(stdout).toContain('No issues found');
    // The description itself is what it reads to begin with, and no operation to it.
    const { '/openapi.json': _itself, ...others } = paths;
    const total = Object.values(others).flatMap((methods) => Object.keys(methods)).length;
    expect(JSON.parse(readFileSync(report, 'utf8')) as SchemathesisReport).toMatchObject({
      complete: true,
      operations: { total, tested: total, errored: 0, skipped: 0 },
      failures: [],
      errors: [],
    });
  });
});
