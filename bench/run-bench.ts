import { type BenchStack, startBenchStack } from './bench-stack.ts';
import { type BentClock, createBentClock } from './bent-clock.ts';
import { chargerMonth } from './charger-month.ts';
import { connectCharger } from './charger-socket.ts';
import { coldStartAssumption } from './cold-starts.ts';
import { costRows } from './cost-rows.ts';
import { fixedMonth } from './fixed-month.ts';
import { fleetMonth, fleetSizes } from './fleet-month.ts';
import { growthRows } from './growth.ts';
import { lambdaTimeAssumption } from './lambda-time.ts';
import { measureConnection } from './measure-connection.ts';
import { measureGrowth } from './measure-growth.ts';
import { measureMessages, messageRows } from './measure-messages.ts';
import { measurePatience } from './measure-patience.ts';
import { measurePricing } from './measure-pricing.ts';
import { measureSealing } from './measure-sealing.ts';
import { measureSession } from './measure-session.ts';
import { measureStartUp } from './measure-start-up.ts';
import { measureThroughput } from './measure-throughput.ts';
import { bootNotification } from './messages.ts';
import { monthlyRuns } from './monthly-runs.ts';
import { pricesAsOf } from './prices.ts';
import { registerChargers } from './register-chargers.ts';
import type { Report } from './report.ts';
import { storageMonth } from './storage-month.ts';

type Progress = (line: string) => void;

const use = { sessionsPerDay: 4, connectsPerDay: 12 };
const hour = 3_600_000;
const days = 30;
/** Days of sessions and CDRs whose storage is counted, though they are kept for longer. */
const stateDays = 365;

/** Measures everything, one thing after the other: what runs side by side disturbs the clocks. */
export async function runBench(progress: Progress): Promise<Report> {
  progress('Pricing: 500 periods under 30 elements');
  const pricing = [...measurePricing(), ...measureSealing()];
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
  const before = await stack.storedBytes();
  const session = await measureSession(stack, charger, second);
  const after = await stack.storedBytes();
  await charger.close();
  progress('Two hours of heartbeats');
  const connection = await measureConnection(stack, clock, credentials, heartbeatSeconds);
  const { connect, heartbeat } = connection;
  const events = { connect, heartbeat, session: session.counted };
  const month = chargerMonth(events, { ...use, heartbeatSeconds });
  const stored = {
    readings: after.readings - before.readings,
    state: after.state - before.state,
  };
  const fixed = fixedMonth(stack.parts);
  const parts = {
    use: month,
    fixed,
    storage: storageMonth(stored, {
      sessionsPerDay: use.sessionsPerDay,
      readingDays: stack.readingDays,
      stateDays,
    }),
    functions: monthlyRuns(
      [
        { steps: connection.connectSteps, timesPerMonth: days * use.connectsPerDay },
        {
          steps: connection.heartbeatSteps,
          timesPerMonth: (days * 86_400) / heartbeatSeconds / connection.heartbeats,
        },
        { steps: session.steps, timesPerMonth: days * use.sessionsPerDay },
      ],
      stack.memoryOf,
    ),
  };
  const fleets = fleetSizes.map((chargers) => fleetMonth(parts, chargers));
  return {
    rows: [
      ...connection.rows,
      ...messages,
      ...session.rows,
      ...costRows({ month, fixed, fleets, customMetrics: stack.parts.customMetrics }),
    ],
    session: session.steps,
    month,
    fixed,
    fleets,
    assumptions: [
      `list prices of ${pricesAsOf}, us-east-1, no free tier: bench/prices.ts`,
      `30 days, ${use.sessionsPerDay} sessions and ${use.connectsPerDay} connects a day, a heartbeat every ${heartbeatSeconds} s`,
      lambdaTimeAssumption,
      coldStartAssumption,
      `a session leaves ${Math.round(stored.readings / 100) / 10} KB of readings, kept for ${stack.readingDays} days, and ${Math.round(stored.state / 100) / 10} KB of session and CDR, kept for ever: those of ${stateDays} days are counted`,
    ],
  };
}
