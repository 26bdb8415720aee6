import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const file = fileURLToPath(new URL('../../runner/give-back-memory-at-rest.ts', import.meta.url));

// A process of its own, which ends by itself only when it holds no more than 64 MiB: at rest, V8 would keep all of it.
const program = `
  const { getHeapStatistics } = await import('node:v8');
  const { giveBackMemoryAtRest } = await import(${JSON.stringify(file)});
  const held = () => getHeapStatistics().total_physical_size / 1024 / 1024;
  let most = 0;
  const load = () => {
    const kept = Array.from({ length: 2_000_000 }, (_, index) => ({ index }));
    most = Math.max(most, held());
    return kept.length;
  };
  const rested = async () => {
    while (held() > 64) await new Promise((later) => setTimeout(later, 20));
  };
  const part = giveBackMemoryAtRest(50);
  load();
  await rested();
  load();
  await rested();
  await part.stop();
  console.log(most > 96);`;

test('a thread that rests gives back what a load took, after each load', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  let written = '';
  child.stdout.on('data', (data) => {
    written += String(data);
  });
  const [code] = await once(child, 'close');
  expect([code, written.trim()]).toEqual([0, 'true']);
}, 120_000);
