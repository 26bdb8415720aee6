import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measuredInvoke } from '../../runner/cloudwatch/dashboards/collect-metrics.ts';
import { createMetricStore } from '../../runner/cloudwatch/dashboards/metric-store.ts';
import { startFunctionHost } from '../../runner/lambda/function-host.ts';
import { openLogFiles } from '../../runner/logs/log-files.ts';
import { now } from './states-of-conditions.ts';

/** The function of messages with a single instance, in a host of this machine, long or broken at will: its runs are measured by a clock of the test. */
export function busyFunction(folder: string) {
  const name = 'joulegate-prod-ocpp';
  const arn = `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;
  const [begun, ended] = [join(folder, 'begun'), join(folder, 'ended')];
  const modulePath = join(folder, 'index.mjs');
  writeFileSync(
    modulePath,
    `import { existsSync, writeFileSync } from 'node:fs';
export const handler = async ({ isLong, isBroken }) => {
  if (isBroken) throw new TypeError('broken');
  if (isLong) writeFileSync(${JSON.stringify(begun)}, '');
  while (isLong && !existsSync(${JSON.stringify(ended)})) await new Promise((done) => setTimeout(done, 10));
};`,
  );
  const host = startFunctionHost({
    functions: [
      {
        ...{ address: 'Service/Message', name, arn, modulePath, exportName: 'handler' },
        role: { address: 'Role', name: 'role', arn: 'role', statements: [], trustedServices: [] },
        ...{ memoryMegabytes: 256, timeoutSeconds: 60, reservedConcurrency: 1 },
        ...{ logGroupName: `/aws/lambda/${name}`, environment: {} },
      },
    ],
    authorize: () => ({ allowed: true }),
    count: () => undefined,
    logs: openLogFiles({ resources: [], outputs: {} }, folder),
    endpoints: () => ({}),
  });
  const store = createMetricStore();
  const clock = { at: now };
  return {
    ...{ arn, store, clock, stop: host.stop },
    run: measuredInvoke(host.invoke, store, () => clock.at),
    /** Keeps the instance busy until the function that it gives is called. */
    begin: async (): Promise<() => Promise<void>> => {
      const long = host.invoke(arn, { isLong: true });
      while (!existsSync(begun)) await new Promise((done) => setTimeout(done, 10));
      return async () => {
        writeFileSync(ended, '');
        await long;
      };
    },
  };
}
