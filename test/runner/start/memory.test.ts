import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ready } from '../../../runner/ready-file.ts';
import { plugIn } from '../../flow/test-charger.ts';

const mostMebibytes = 400;
const fleet = 4;
const messages = 60;
/** Nearly as large as a frame may be: what lies about of a message is counted in its bytes. */
const messageBytes = 30_000;

let dataDirectory: string;
let stack: ChildProcess;

beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'joulegate-memory-'));
  const service = fileURLToPath(new URL('../../../runner/start-service.ts', import.meta.url));
  const module = `
    const { startService } = await import(${JSON.stringify(service)});
    await startService({ dataDirectory: process.argv[1], workerIdleMilliseconds: 500, eventSources: { windowScale: 0 } });`;
  stack = spawn(process.execPath, ['--input-type=module', '-e', module, dataDirectory]);
});

afterEach(() => {
  stack.kill('SIGKILL');
  rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
});

/** Memory of a process that is in the machine's memory, in MiB. */
const mebibytesOf = (pid: number | undefined): number => {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
};

test('a stack gives back what a load took of its memory, soon after its functions rest', async () => {
  const readyFile = join(dataDirectory, 'ready.json');
  await expect.poll(() => existsSync(readyFile)).toBe(true);
  const { http, chargers, apiKey }: Ready = JSON.parse(readFileSync(readyFile, 'utf8'));
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };

  const charge = async (chargerId: string): Promise<void> => {
    const body = JSON.stringify({ chargerId });
    const answer = await fetch(`${http}/chargers`, { method: 'POST', headers, body });
    const { password } = (await answer.json()) as { password: string };
    const path = `/ocpp/${chargerId}`;
    const charger = await plugIn({ url: chargers, path, user: chargerId, password });
    for (let sent = 0; sent < messages; sent += 1) {
      const frame = await charger.send('MeterValues', {
        connectorId: 1,
        meterValue: [
          {
            timestamp: `2026-03-14T09:00:${String(sent).padStart(2, '0')}Z`,
            sampledValue: [{ value: '0'.repeat(messageBytes) }],
          },
        ],
      });
      expect(frame[0]).toBe(3);
    }
    await charger.close();
  };
  const fresh = mebibytesOf(stack.pid);
  await Promise.all(Array.from({ length: fleet }, (_, index) => charge(`MEMORY-${index}`)));

  const loaded = mebibytesOf(stack.pid);
  expect(loaded).toBeGreaterThan(fresh + 50);
  await expect
    .poll(() => mebibytesOf(stack.pid), { interval: 500 })
    .toBeLessThanOrEqual(mostMebibytes);
}, 240_000);
