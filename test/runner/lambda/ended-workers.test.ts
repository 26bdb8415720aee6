import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startFunctionWorker } from '../../../runner/lambda/function-worker.ts';

/** A function whose answer takes for ever, and what it does meanwhile. */
function moduleThat(doing: string): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'joulegate-ended-')), 'step');
  mkdirSync(folder);
  const path = join(folder, 'index.mjs');
  writeFileSync(
    path,
    `import { deflateRawSync } from 'node:zlib';
     import { setImmediate } from 'node:timers/promises';
     export const handler = async () => { ${doing} };`,
  );
  return path;
}

/** Starts a worker, gives it an event, and ends it after some milliseconds; gives how long that took, and what was said of it. */
async function endAfter(modulePath: string, milliseconds: number) {
  let ready = (): void => undefined;
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const said: string[] = [];
  const worker = startFunctionWorker(
    {
      ...{ modulePath, exportName: 'handler', functionName: 'joulegate-test-step' },
      ...{ functionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:step' },
      ...{ memoryMegabytes: 128, logGroupName: 'group', logStreamName: 'stream' },
      logFile: undefined,
    },
    {},
    { replied: ready, ended: ({ errorType }) => said.push(errorType) },
    () => undefined,
  );
  await isReady;
  worker.post({ requestId: 'one', event: '{}', deadline: Date.now() + 60_000 });
  await new Promise((passed) => setTimeout(passed, milliseconds));
  await worker.terminate();
  return said;
}

it('a function that is ended while it compresses takes nobody along', async () => {
  const compresses = moduleThat(
    "for (;;) { for (let n = 0; n < 20; n += 1) deflateRawSync('reading'); await setImmediate(); }",
  );
  for (let n = 0; n < 60; n += 1) {
    expect(await endAfter(compresses, n % 5)).toEqual(['Runtime.ExitError']);
  }
});

it('a function that never leaves its task is ended all the same', async () => {
  expect(await endAfter(moduleThat('for (;;);'), 1)).toEqual(['Runtime.ExitError']);
});
