import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { choosePort } from '../../../runner/choose-port.ts';

test('port 0 is any free port', async () => {
  expect(await choosePort(0, 'JOULEGATE_HTTP_PORT')).toBeGreaterThan(0);
});

test('a port in use is refused with the variable that changes it', async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(choosePort(port, 'JOULEGATE_HTTP_PORT')).rejects.toThrow(
    `Port ${port} is in use; free it, or choose another with JOULEGATE_HTTP_PORT.`,
  );
  await new Promise((closed) => server.close(closed));
});

test('a port that a process has chosen is chosen by no other, although nobody listens there yet', async () => {
  const first = await choosePort(0, 'JOULEGATE_HTTP_PORT');
  const range = [first, first + 29] as const;
  const module = new URL('../../../runner/choose-port.ts', import.meta.url).href;
  const script = `const { choosePort } = await import(${JSON.stringify(module)});
    for (let n = 0; n < 5; n += 1) console.log(await choosePort(0, '', ${JSON.stringify(range)}));
    console.log('chosen');
    setInterval(() => {}, 1_000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script]);
  onTestFinished(() => void other.kill('SIGKILL'));
  let said = '';
  while (!said.includes('chosen')) said += String((await once(other.stdout, 'data'))[0]);
  const theirs = said.split('\n').slice(0, 5).map(Number);
  const ours: number[] = [];
  for (let n = 0; n < 3; n += 1) ours.push(await choosePort(0, 'JOULEGATE_HTTP_PORT', range));

  expect(theirs).not.toContain(first);
  const all = [first, ...theirs, ...ours].toSorted((a, b) => a - b);
  expect(new Set(all).size).toBe(9);
  expect(all.at(-1)).toBeLessThanOrEqual(first + 29);
});
