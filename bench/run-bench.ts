import { type BenchStack, startBenchStack } from './bench-stack.ts';
import { type BentClock, createBentClock } from './bent-clock.ts';
import { billTotal, chargerMonth } from './charger-month.ts';
import { connectCharger } from './charger-socket.ts';
import { growthRows } from './growth.ts';
import { lambdaTimeAssumption } from './lambda-time.ts';
import { measureConnection } from './measure-connection.ts';
import { measureGrowth } from './measure-growth.ts';
import { measureMessages, messageRows } from './measure-messages.ts';
import { measurePatience } from './measure-patience.ts';
import { measurePricing } from './measure-pricing.ts';
import { measureSession } from './measure-session.ts';
import { measureStartUp } from './measure-start-up.ts';
import { measureThroughput } from './measure-throughput.ts';
import { bootNotification } from './messages.ts';
import { pricesAsOf } from './prices.ts';
import { registerChargers } from './register-chargers.ts';
import type { Report } from './report.ts';
import { atMost, type Row } from './row.ts';

type Progress = (line: string) => void;

const use = { sessionsPerDay: 4, connectsPerDay: 12 };
const hour = 3_600_000;

/** Measures everything, one thing after the other: what runs side by side disturbs the clocks. */
export async function runBench(progress: Progress): Promise<Report> {
  progress('Pricing: 500 periods under 30 elements');
  const pricing = measurePricing();
  progress('Start-up: loading bundles in new processes');
  const startUp = await measureStartUp();
  progress('Patience: starting and stopping the local stack');
  const patience = await measurePatience();
  progress('Throughput: 100 chargers at full speed');
  // At full speed a tenth of the window gathers more readings than the whole of it does in the field.
  const throughput = await onStack({ eventSources: { windowScale: 0.05 } }, measureThroughput);
  const clock = createBentClock();
  const counting = {
    counting: true,
    // Long enough to gather what is sent at once, and no longer.
    eventSources: { windowScale: 0.003 },
    webSocket: { deliverMessage: clock.deliverMessage },
  };
  const one = await onStack(counting, (stack) => measureOneCharger(stack, clock, progress));
  const growth = await onStack(counting, (stack) => measureGrowth(stack, progress));
  return {
    ...one,
    rows: [
      ...one.rows,
      ...growthRows(growth),
      ...throughput,
      ...startUp.rows,
      ...patience,
      ...pricing,
    ],
    bundles: startUp.sizes,
  };
}

async function onStack<T>(
  options: Parameters<typeof startBenchStack>[0],
  measure: (stack: BenchStack) => Promise<T>,
): Promise<T> {
  const stack = await startBenchStack(options);
  try {
    return await measure(stack);
  } finally {
    await stack.stop();
  }
}

async function measureOneCharger(
  stack: BenchStack,
  clock: BentClock,
  progress: Progress,
): Promise<Omit<Report, 'bundles'>> {
  const [credentials] = await registerChargers(stack, 0, 1);
  if (credentials === undefined) {
    throw new Error('No charger was registered.');
  }
  const charger = await connectCharger(stack.chargers, credentials);
  const boot = await charger.call('BootNotification', bootNotification);
  const heartbeatSeconds = (boot as { readonly interval: number }).interval;
  progress('Requests before the reply: a session, message by message');
  const first = { startedAt: Date.now() - 3 * hour, readings: 45, meterStart: 1_000 };
  const messages = messageRows(await measureMessages(stack, charger, first));
  progress('A session from boot to sealed CDR');
  const second = { startedAt: Date.now() - hour, readings: 45, meterStart: 100_000 };
  const session = await measureSession(stack, charger, second);
  await charger.close();
  progress('Two hours of heartbeats');
  const connection = await measureConnection(stack, clock, credentials, heartbeatSeconds);
  const { connect, heartbeat } = connection;
  const events = { connect, heartbeat, session: session.counted };
  const month = chargerMonth(events, { ...use, heartbeatSeconds });
  return {
    rows: [...connection.rows, ...messages, ...session.rows, monthRow(billTotal(month))],
    session: session.steps,
    month,
    assumptions: [
      `list prices of ${pricesAsOf}, us-east-1, no free tier: bench/prices.ts`,
      `30 days, ${use.sessionsPerDay} sessions and ${use.connectsPerDay} connects a day, a heartbeat every ${heartbeatSeconds} s`,
      lambdaTimeAssumption,
      'storage, backups and what a deployment costs with no charger at all are left out',
    ],
  };
}

const monthRow = (usd: number): Row =>
  atMost('AWS list price per charger-month', 0.05, usd, { unit: 'USD', digits: 4 });
