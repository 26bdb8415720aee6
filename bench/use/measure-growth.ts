import { bill, billTotal } from '../aws-bill/charger-month.ts';
import { hottestKey } from '../aws-bill/hottest-key.ts';
import { sumOf } from '../aws-bill/step-usage.ts';
import { type Credentials, connectCharger } from '../charger/charger-socket.ts';
import { runSession } from '../charger/run-session.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import { cloneChargers } from '../stack/clone-chargers.ts';
import { benchCredentials, registerChargers } from '../stack/register-chargers.ts';
import { type FleetSample, spreadOver } from './growth.ts';

const sizes = [10, 1_000, 10_000];
/** The same number at each size: more chargers would thin out every key's share by themselves. */
const sampled = 10;
const readingsPerSession = 3;
const hour = 3_600_000;

/** Lets a fleet grow, and has chargers from all over it charge once at each size. */
export async function measureGrowth(
  stack: BenchStack,
  progress: (line: string) => void,
): Promise<readonly FleetSample[]> {
  const samples: FleetSample[] = [];
  let registered = 0;
  for (const size of sizes) {
    progress(`Growth: sessions in a fleet of ${size}`);
    await (registered === 0
      ? registerChargers(stack, 0, size)
      : cloneChargers(stack, registered, size));
    registered = size;
    samples.push(await sampleFleet(stack, size));
  }
  return samples;
}

async function sampleFleet(stack: BenchStack, size: number): Promise<FleetSample> {
  const places = spreadOver(size, sampled);
  const { usages, untimed } = await stack.billDuring(async () => {
    for (const place of places) {
      await charge(stack, benchCredentials(place));
    }
  });
  const messages = sumOf(
    usages.filter(({ operation }) => operation === 'WebSocketMessageIn'),
    'message',
  );
  const { key, share } = hottestKey(usages);
  return {
    chargers: size,
    costPerMessage: billTotal(bill(untimed)) / messages,
    hottestShare: share,
    hottestKey: key,
  };
}

async function charge(stack: BenchStack, credentials: Credentials): Promise<void> {
  const charger = await connectCharger(stack.chargers, credentials);
  const plan = { startedAt: Date.now() - hour, readings: readingsPerSession, meterStart: 1_000 };
  await runSession(charger, plan, async (_action, send) => {
    await send();
    await stack.drained();
  });
  await charger.close();
}
