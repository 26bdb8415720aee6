import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningFlow, startFlow } from './start-flow.ts';

type Report = {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly detail: string;
  }[];
};

let flow: RunningFlow;

beforeAll(async () => {
  flow = await startFlow({ secureChargerPort: 0 });
});

afterAll(async () => {
  await flow.stop();
});

/** Runs the command line against the stack, in a process of its own. */
const joulegate = (...words: readonly string[]) =>
  new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
    const env = { ...process.env, JOULEGATE_DATA_DIR: flow.dataDirectory };
    execFile(process.execPath, ['cli/joulegate.ts', ...words], { env }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

const reportOf = ({ stdout }: { readonly stdout: string }): Report => JSON.parse(stdout) as Report;

describe('joulegate doctor', () => {
  it('joulegate doctor passes the local stack: handshakes, refusals, replies, and one session up to its sealed CDR', async () => {
    const run = await joulegate('doctor', '--json');
    const { ok, checks } = reportOf(run);

    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect({ ok, status: run.status, stderr: run.stderr }).toEqual({
      ok: true,
      status: 0,
      stderr: '',
    });
    expect(checks.map(({ name }) => name)).toEqual([
      'API',
      'clock',
      'path of the charger',
      'registration',
      'handshake over ws',
      'TLS',
      'handshake over wss',
      'connection token',
      'choice of subprotocol',
      'wrong password',
      'unknown subprotocol',
      'unknown charger',
      'after a refusal',
      'first message',
      'replies of a charger',
      'session',
      'cleaning up',
    ]);
    expect(checks.find(({ name }) => name === 'session')?.detail).toMatch(
      /^1\.5 kWh for 0\.75 EUR, sealed after \d+\.\d s$/,
    );
  });

  it('joulegate doctor prints one line per check, and leaves no valid token behind, also of a stack that asks chargers for their settings', async () => {
    await flow.operator.put('/settings/configuration', { useDefaults: true });
    const { status, stdout } = await joulegate('doctor');

    expect(status).toBe(0);
    expect(stdout).toMatch(/^ok {6}wrong password +refused with 401$/m);
    expect(JSON.stringify((await flow.operator.get('/tokens')).body)).not.toContain('DOCTOR');
  });

  it('joulegate doctor exits with 1 if the API key is refused, and registers nothing', async () => {
    const run = await joulegate('doctor', '--json', '--api-key', 'jg_live_wrong');

    expect(run.status).toBe(1);
    expect(reportOf(run)).toEqual({
      ok: false,
      checks: [{ name: 'API', ok: false, detail: 'The API key was refused with 401.' }],
    });
  });

  it('joulegate doctor exits with 1 if chargers cannot connect, and says which checks failed and why', async () => {
    const run = await joulegate('doctor', '--json', '--charger-url', 'ws://127.0.0.1:9');
    const { ok, checks } = reportOf(run);
    const failed = checks.filter((check) => !check.ok);

    expect(run.status).toBe(1);
    expect(ok).toBe(false);
    expect(failed.map(({ name }) => name)).toContain('handshake over ws');
    expect(checks.find(({ name }) => name === 'registration')?.ok).toBe(true);
    expect(checks.find(({ name }) => name === 'cleaning up')?.ok).toBe(true);
    for (const { detail } of failed) expect(detail).not.toBe('');
  });
});

describe('joulegate operator create', () => {
  it.each([
    ['of 101 characters', 'x'.repeat(101)],
    ['of blanks', '   '],
  ])(
    'joulegate operator create states why it refuses a name %s, and exits with 1',
    async (_, name) => {
      const run = await joulegate('operator', 'create', '--json', '--name', name);

      expect(run.status).toBe(1);
      expect(run.stderr).toContain('1 to 100 characters');
      expect(run.stderr).toContain('CLI_OPERATOR_REFUSED');
      expect(JSON.parse(run.stdout)).toMatchObject({ code: 'CLI_OPERATOR_REFUSED' });
    },
  );

  it('joulegate operator create prints an operator whose key works at once', async () => {
    const run = await joulegate('operator', 'create', '--json', '--name', 'Stadtwerke');
    const { apiKey } = JSON.parse(run.stdout) as { readonly apiKey: string };

    expect(run.status).toBe(0);
    const answer = await fetch(`${flow.http}/chargers`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    expect(answer.status).toBe(200);
  });
});
