import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { protocols } from '../../core/ocpp/protocol.ts';
import { operatorClient } from './operator-client.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';

let flow: RunningFlow;
let folder: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'joulegate-replay-'));
  flow = await startFlow({ dataDirectory: folder });
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await flow.stop();
  rmSync(folder, { recursive: true });
});

/** The command line, finding the stack as an operator's would. */
const joulegate = (...words: string[]) => {
  const child = spawn(process.execPath, ['cli/joulegate.ts', ...words], {
    env: { ...process.env, JOULEGATE_DATA_DIR: folder },
  });
  running.add(child);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<{ status: number | null; output: string; errors: string }>((done) =>
    child.on('close', (status) => {
      running.delete(child);
      done({ status, output, errors });
    }),
  );
  /** Resolves when it has said such a thing on standard error; fails when it ends before. */
  const said = (words: RegExp) =>
    new Promise<void>((heard, missed) => {
      child.stderr.on('data', () => {
        if (words.test(errors)) heard();
      });
      void ended.then(() => missed(new Error(`ended with ${errors}`)));
    });
  return { child, ended, said };
};

/** A CSV of recorded sessions, as they come from a site: local times without a zone, energy with the dust of a spreadsheet. */
const csv = (name: string, rows: readonly (readonly [string, string, string])[]): string => {
  const path = join(folder, name);
  const lines = rows.map((row, index) => [index, ...row].join(','));
  writeFileSync(path, `${['Session,Arrival,Departure,Energy (Wh)', ...lines].join('\n')}\n`);
  return path;
};

// Forty sessions of 40 minutes, one every quarter of an hour; around them what cannot be replayed.
const sound = Array.from({ length: 40 }, (_, index) => {
  const start = Date.UTC(2026, 2, 5) + index * 15 * 60_000;
  const local = (at: number): string => new Date(at).toISOString().slice(0, 19);
  return [local(start), local(start + 40 * 60_000), `${4000 + index * 137}.25`] as const;
});
const brokenRows = [
  ['2026-03-05T08:00:00', '2026-03-05T07:00:00', '5000'],
  ['2026-03-05T08:00:00', 'sometime', '5000'],
] as const;
const rows = [...sound.slice(0, 10), ...brokenRows, ...sound.slice(10)];
const kwhIn = sound.reduce((sum, [, , energy]) => sum + Number(energy) * 1000, 0) / 1_000_000;

describe('joulegate replay, for an operator that the command line has made', () => {
  let apiKey: string;

  beforeEach(async () => {
    apiKey = (await flow.newOperator('Site')).apiKey;
  });

  it('joulegate replay uses the key that operator create printed', async () => {
    const { status, output } = await joulegate('--json', 'operator', 'create', '--name', 'Other')
      .ended;

    expect(status).toBe(0);
    const created: Record<string, unknown> = JSON.parse(output);
    expect(created).toMatchObject({
      name: 'Other',
      operatorId: expect.any(String),
      apiKey: expect.stringMatching(/^jg_live_/),
    });
    const chargers = await operatorClient(flow.http, String(created['apiKey'])).get('/chargers');
    expect(chargers).toEqual({ status: 200, body: { items: [], nextCursor: null } });
    expect((await flow.operator.get('/chargers')).status).toBe(200);
  });

  it('joulegate replay bills every valid row to the mWh, even if it was killed half-way', async () => {
    const file = csv('sessions.csv', rows);
    const words = ['replay', file, '--chargers', '3', '--time-zone', 'Europe/Zurich'];
    const replay = (): ReturnType<typeof joulegate> =>
      joulegate('--json', ...words, '--readings', '3', '--prefix', 'site', '--api-key', apiKey);

    const killed = replay();
    await killed.said(/sessions sent: [12]\d\/40/);
    killed.child.kill('SIGKILL');
    expect(await killed.ended).toMatchObject({ status: null, output: '' });
    const operator = operatorClient(flow.http, apiKey);
    const { items } = (await operator.get<{ items: unknown[] }>('/sessions?limit=100')).body;
    expect(items.length).toBeGreaterThanOrEqual(10);
    expect(items.length).toBeLessThan(40);

    const sums = {
      sessions: 40,
      cdrs: 40,
      kwhIn,
      kwhBilled: kwhIn,
      held: 0,
      skipped: 2,
      chargersNeeded: 2,
    };
    const { status, output, errors } = await replay().ended;
    expect({ status, ...JSON.parse(output) }).toEqual({
      status: 0,
      ...sums,
      seconds: expect.any(Number),
    });
    expect(errors).toContain('line 12 skipped: it ends before it starts');
    expect(errors).toContain('line 13 skipped: Departure "sometime" is not a time');

    const cdrs = (
      await operator.get<{ items: { state: string; anomalies: unknown[] }[] }>('/cdrs?limit=100')
    ).body.items;
    expect(cdrs).toHaveLength(40);
    for (const cdr of cdrs) expect(cdr).toMatchObject({ state: 'sealed', anomalies: [] });
  });

  it.each(protocols)(
    'joulegate replay over %s bills every row to the mWh, and again nothing more',
    async (protocol) => {
      const file = csv(`${protocol}.csv`, sound.slice(0, 8));
      const words = ['--json', 'replay', file, '--chargers', '2', '--readings', '2'];
      const version = ['--protocol', protocol.replace('ocpp', ''), '--api-key', apiKey];
      const kwh = sound.slice(0, 8).reduce((sum, [, , wh]) => sum + Number(wh), 0) / 1000;
      const sums = { sessions: 8, cdrs: 8, kwhIn: kwh, kwhBilled: kwh, held: 0 };
      const first = await joulegate(...words, '--prefix', protocol, ...version).ended;
      expect({ status: first.status, ...JSON.parse(first.output) }).toMatchObject({
        status: 0,
        ...sums,
      });
      const second = await joulegate(...words, '--prefix', protocol, ...version).ended;
      expect(JSON.parse(second.output)).toMatchObject(sums);
      const operator = operatorClient(flow.http, apiKey);
      const { items } = (
        await operator.get<{ items: { ocppVersion: string }[] }>('/chargers?limit=100')
      ).body;
      expect(items.map(({ ocppVersion }) => ocppVersion)).toEqual(
        items.map(() => protocol.replace('ocpp', '')),
      );
    },
  );

  it('joulegate replay refuses a version that is not spoken', async () => {
    const file = csv('spoken.csv', sound.slice(0, 1));
    const { status, errors } = await joulegate('replay', file, '--protocol', '1.5').ended;
    expect({ status, errors }).toMatchObject({
      status: 1,
      errors: expect.stringContaining('CLI_OPTION_INVALID'),
    });
  });

  it('joulegate replay exits with status 1 if a CDR is held, since its energy is not billed', async () => {
    // 90 kWh in six minutes are more than a charger of 175 kW gives.
    const file = csv('implausible.csv', [
      ['2026-03-05T08:00:00Z', '2026-03-05T09:00:00Z', '11000'],
      ['2026-03-05T10:00:00Z', '2026-03-05T10:06:00Z', '90000'],
    ]);
    const { status, output } = await joulegate(
      ...['replay', file, '--chargers', '1', '--prefix', 'held', '--api-key', apiKey, '--json'],
    ).ended;

    expect({ status, ...JSON.parse(output) }).toMatchObject({
      status: 1,
      sessions: 2,
      cdrs: 2,
      kwhIn: 101,
      kwhBilled: 11,
      held: 1,
    });
  });

  it('joulegate replay of a second file on the same chargers counts its own sessions alone', async () => {
    const day = (date: string) => [`${date}T08:00:00Z`, `${date}T09:00:00Z`, '11000'] as const;
    const words = ['--chargers', '1', '--prefix', 'twice', '--api-key', apiKey, '--json'];
    const billed = { status: 0, sessions: 1, cdrs: 1, kwhIn: 11, kwhBilled: 11, held: 0 };

    for (const date of ['2026-03-05', '2026-03-06']) {
      const file = csv(`${date}.csv`, [day(date)]);
      const { status, output } = await joulegate('replay', file, ...words).ended;
      expect({ status, ...JSON.parse(output) }, date).toMatchObject(billed);
    }
  });

  it('joulegate replay exits with status 1 if valid rows found no free connector', async () => {
    const at = ['2026-03-05T08:00:00Z', '2026-03-05T09:00:00Z', '11000'] as const;
    const file = csv('crowded.csv', [at, at, at]);
    const { status, output, errors } = await joulegate(
      ...['replay', file, '--chargers', '1', '--prefix', 'crowd', '--api-key', apiKey, '--json'],
    ).ended;

    expect(errors).toContain('line 4 skipped: no connector is free');
    expect(errors).toContain('--chargers 2 would provide a free connector for every row');
    expect({ status, ...JSON.parse(output) }).toMatchObject({
      status: 1,
      sessions: 2,
      kwhBilled: 22,
      skipped: 1,
      chargersNeeded: 2,
    });
  });
});
