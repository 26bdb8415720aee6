import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readings } from '../../cli/commands/readings.ts';
import { verify } from '../../cli/commands/verify.ts';
import { ordinaryContent, stored } from '../core/cdr/cdr-samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'joulegate-readings-'));
const asked: (string | undefined)[] = [];
let server: Server;
let url = '';

beforeAll(async () => {
  // The API as it lists readings: two to a page, the cursor being the place.
  server = createServer((request, response) => {
    asked.push(request.url);
    const from = Number(new URL(request.url ?? '', 'http://api').searchParams.get('cursor') ?? 0);
    const to = from + 2;
    const nextCursor = to < stored.length ? String(to) : null;
    response.end(JSON.stringify({ items: stored.slice(from, to), nextCursor }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  server.close();
});

const fileOf = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};

const verified = async (list: unknown) => {
  const cdr = fileOf('cdr.json', { ...ordinaryContent(), state: 'sealed', seal: null });
  const result = await verify.run({
    positionals: [cdr],
    values: { readings: fileOf('readings.json', list) },
  });
  const { checks } = result.json as { checks: { check: string; outcome: string }[] };
  return checks.find(({ check }) => check === 'readings');
};

describe('joulegate readings', () => {
  it('joulegate readings fetches every page of a session, or of the readings in a CDR', async () => {
    for (const id of ['ses_1', 'cdr_1']) {
      const values = { url, 'api-key': 'jg_live_x' };
      const result = await readings.run({ positionals: [id], values });

      expect(result.json).toEqual({ items: stored, nextCursor: null });
      expect(JSON.parse(result.text)).toEqual(result.json);
    }
    const paths = asked.map((path) => path?.split('?')[0]);
    expect(new Set(paths)).toEqual(new Set(['/sessions/ses_1/readings', '/cdrs/cdr_1/readings']));
  });

  it('joulegate readings writes a file that verify accepts', async () => {
    const late = { ...stored[0], raw: '{}', late: true };

    expect(await verified({ items: stored, nextCursor: null })).toMatchObject({
      outcome: 'passed',
    });
    expect(await verified([...stored, late])).toMatchObject({ outcome: 'passed' });
  });
});

describe('joulegate verify', () => {
  it('joulegate verify reports that its readings are only one page', async () => {
    const page = { items: stored.slice(0, 2), nextCursor: 'abc' };

    expect(await verified(page)).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('joulegate readings'),
    });
  });

  it('joulegate verify reports how many readings are missing', async () => {
    expect(await verified(stored.slice(2))).toMatchObject({
      outcome: 'failed',
      message: 'The CDR was computed from 5 readings; 3 were given.',
    });
  });

  it('joulegate verify answers a file of readings that has other content with a failed check', async () => {
    for (const list of [null, 7, 'x', {}, { items: [1] }, [{ key: 'x' }], [[]]]) {
      expect(await verified(list)).toMatchObject({
        outcome: 'failed',
        message: expect.stringContaining('These are no Joulegate readings'),
      });
    }
  });
});
