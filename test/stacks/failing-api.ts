import { measuredUsage } from '../../runner/cloudwatch/dashboards/collect-metrics.ts';
import { createMetricStore } from '../../runner/cloudwatch/dashboards/metric-store.ts';
import { readApis } from '../../runner/gateway/api-definition.ts';
import { startHttpApi } from '../../runner/gateway/http/start-http-api.ts';
import type { Invocation } from '../../runner/runner-interfaces.ts';
import { deployment, now } from './states-of-conditions.ts';

/** The API of the template on this machine, whose function ends as the test wants: its calls are counted by a clock of the test. */
export async function failingApi() {
  const store = createMetricStore();
  const clock = { at: now };
  const [definition] = readApis(deployment, 'HTTP');
  if (definition === undefined) throw new Error('The template has no HTTP API');
  let ending: Invocation = { kind: 'returned', payload: { statusCode: 200 } };
  const api = await startHttpApi(
    definition,
    {
      deployment,
      invoke: async () => ending,
      authorize: () => ({ allowed: true }),
      accessKeyOf: () => 'key',
      mayInvoke: () => true,
      writeLog: () => undefined,
      count: measuredUsage(deployment, store, () => clock.at),
      dataDirectory: '/nonexistent',
    },
    { port: 0 },
  );
  return {
    ...{ store, clock, stop: api.stop },
    /** Calls it so many times, of which its function makes this; gives the status of each. */
    call: async (times: number, made: Invocation): Promise<readonly number[]> => {
      ending = made;
      const calls = Array.from({ length: times }, () => fetch(`${api.url}/cdrs`));
      return (await Promise.all(calls)).map(({ status }) => status);
    },
  };
}
