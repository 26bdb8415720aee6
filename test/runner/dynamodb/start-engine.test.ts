import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { createEngineClient } from '../../../runner/dynamodb/engine-client.ts';
import { startEngine } from '../../../runner/dynamodb/start-engine.ts';
import type { StartRefusal } from '../../../runner/start-refusal.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'joulegate-engine-'));

describe('an engine', () => {
  it('an unknown engine is refused by name', async () => {
    await expect(startEngine('mongodb', folder())).rejects.toMatchObject({
      code: 'ENGINE_UNKNOWN',
      message: expect.stringContaining('mongodb'),
    });
  });

  it('a broken data directory is refused in one line', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    await expect(startEngine('dynoxide', file)).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_BROKEN',
    });
  });

  it('the engine can be any DynamoDB with a URL', async () => {
    const real = await startEngine('dynoxide', folder());
    const byUrl = await startEngine(real.url, folder());
    expect(byUrl).toMatchObject({ kind: 'url', url: real.url });
    await byUrl.stop();
    await real.stop();
  });

  it('an engine gets a port that the system gives to nobody by itself, who would have it before the engine listens', async () => {
    const engine = await startEngine('dynoxide', folder());
    const range = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8');
    expect(Number(new URL(engine.url).port)).toBeLessThan(Number.parseInt(range, 10));
    await engine.stop();
  });

  it('an engine left behind by a killed stack is ended before another starts', async () => {
    const dataDirectory = folder();
    const engineFolder = join(dataDirectory, 'dynoxide');
    mkdirSync(engineFolder);
    const orphan = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', engineFolder]);
    const ended = new Promise((resolve) => orphan.on('exit', resolve));
    writeFileSync(
      join(engineFolder, 'engine.json'),
      JSON.stringify({ runner: 2 ** 30, engine: orphan.pid }),
    );
    const engine = await startEngine('dynoxide', dataDirectory);
    await ended;
    expect(JSON.parse(readFileSync(join(engineFolder, 'engine.json'), 'utf8')).runner).toBe(
      process.pid,
    );
    await engine.stop();
  });

  it('an engine does not outlive a killed stack', async () => {
    const dataDirectory = folder();
    const module = new URL('../../../runner/dynamodb/start-engine.ts', import.meta.url).href;
    const script = `const { startEngine } = await import(${JSON.stringify(module)});
      console.log((await startEngine('dynoxide', process.argv[1])).url);`;
    const stack = spawn(process.execPath, ['--input-type=module', '-e', script, dataDirectory]);
    const url = await new Promise<string>((resolve) => {
      stack.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    });
    const answers = () =>
      fetch(url).then(
        () => true,
        () => false,
      );
    expect(await answers()).toBe(true);
    stack.kill('SIGKILL');
    await expect.poll(answers).toBe(false);
  });

  it.each(['the engine', 'its guard'])(
    'an engine is started again at the same URL, with its data, when %s is killed',
    async (victim) => {
      const dataDirectory = folder();
      const reports: string[] = [];
      const engine = await startEngine('dynoxide', dataDirectory, {
        report: (line) => reports.push(line),
      });
      const client = createEngineClient(engine.url);
      await client.call('CreateTable', table);
      const guard = guardIn(dataDirectory);
      process.kill(victim === 'the engine' ? childOf(guard) : guard, 'SIGKILL');
      await expect.poll(() => reports.length).toBe(2);
      expect(await client.call('ListTables', {})).toEqual({ TableNames: ['things'] });
      expect(reports[0]).toMatch(/^The engine dynoxide has ended \(.+\) and is started again\.$/);
      expect(reports[1]).toBe('The engine dynoxide runs again.');
      client.close();
      await engine.stop();
    },
  );

  it('an engine that ends again and again is given up in one line', async () => {
    const dataDirectory = folder();
    const refusals: StartRefusal[] = [];
    let runs = 1;
    const engine = await startEngine('dynoxide', dataDirectory, {
      report: (line) => {
        if (/runs again/.test(line)) runs += 1;
      },
      failed: (refusal) => refusals.push(refusal),
    });
    // On a machine on which it starts so slowly that this is seldom, more often than six times.
    for (let kills = 0; refusals.length === 0; kills += 1) {
      process.kill(childOf(guardIn(dataDirectory)), 'SIGKILL');
      await expect.poll(() => runs > kills + 1 || refusals.length > 0).toBe(true);
    }
    expect(refusals.map(({ code }) => code)).toEqual(['ENGINE_FAILED']);
    expect(runs).toBeGreaterThan(5);
    expect(refusals[0]?.message).toMatch(/^The engine dynoxide ends again and again: [^\n]+$/);
    await engine.stop();
  });

  it.each([
    ['cut off', (file: string) => truncateSync(file, statSync(file).size - 5_000)],
    ['overwritten', (file: string) => overwrite(file)],
  ])('a database that was %s is refused in one line', async (_how, damage) => {
    const dataDirectory = folder();
    const engine = await startEngine('dynoxide', dataDirectory);
    const client = createEngineClient(engine.url);
    await client.call('CreateTable', table);
    client.close();
    await engine.stop();
    const file = join(dataDirectory, 'dynoxide', 'dynoxide.sqlite');
    new DatabaseSync(file).exec('PRAGMA wal_checkpoint(TRUNCATE)');
    damage(file);
    await expect(startEngine('dynoxide', dataDirectory)).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
      message: expect.stringMatching(/^The database .*dynoxide.sqlite is damaged: [^\n]+$/),
    });
  });
});

const table = {
  TableName: 'things',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
};

const guardIn = (dataDirectory: string): number =>
  JSON.parse(readFileSync(join(dataDirectory, 'dynoxide', 'engine.json'), 'utf8')).engine;

/** The engine itself, below the shell that guards it. */
const childOf = (guard: number): number =>
  Number(readFileSync(`/proc/${guard}/task/${guard}/children`, 'utf8').split(' ')[0]);

const overwrite = (file: string): void => {
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 4096, 3 * 4096);
  writeFileSync(file, bytes);
};
