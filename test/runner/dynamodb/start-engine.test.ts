import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startEngine } from '../../../runner/dynamodb/start-engine.ts';

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
    await expect.poll(answers, { timeout: 5_000 }).toBe(false);
  });
});
