import { chargerMonth } from '../aws-bill/charger-month.ts';
import { coldStartAssumption } from '../aws-bill/cold-starts.ts';
import { costRows } from '../aws-bill/cost-rows.ts';
import { eventsMonth, sumsMonth } from '../aws-bill/events-month.ts';
import { fixedMonth } from '../aws-bill/fixed-month.ts';
import { fleetMonth, fleetSizes, type MonthParts } from '../aws-bill/fleet-month.ts';
import { lambdaTimeAssumption } from '../aws-bill/lambda-time.ts';
import { type CountedRuns, monthlyRuns } from '../aws-bill/monthly-runs.ts';
import { pricesAsOf } from '../aws-bill/prices.ts';
import { type Retention, storageMonth } from '../aws-bill/storage-month.ts';
import { writtenMetrics } from '../aws-bill/written-metrics.ts';
import { connectCharger } from '../charger/charger-socket.ts';
import { bootNotification } from '../charger/messages.ts';
import type { CostReport } from '../report/report.ts';
import type { Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import type { BentClock } from '../stack/bent-clock.ts';
import { registerChargers } from '../stack/register-chargers.ts';
import { stopReadingEvents } from '../stack/stop-reading-events.ts';
import { measureConnection } from './measure-connection.ts';
import { measureMessages, messageRows } from './measure-messages.ts';
import { type MeasuredSession, measureSession } from './measure-session.ts';
import { measureVersions } from './measure-versions.ts';

const use = { sessionsPerDay: 4, connectsPerDay: 12 };
const hour = 3_600_000;
const days = 30;
/** Days of sessions and CDRs whose storage is counted, though they are kept for longer. */
const stateDays = 365;

/** Settings of a deployment (lib/settings/settings.ts) that give up what an operator can do without. */
const leastCost = {
  // The bill of a quarter can be recomputed, and no held CDR or charger that was offline waits for as long.
  readingDays: 90,
  readingRecovery: false,
  // The longest that Lambda gathers records: running energy and cost lag behind by five readings.
  liveWindowSeconds: 300,
} as const;

/** The usage of one charger, message by message and as a month, and what it costs. */
export async function measureCost(
  stack: BenchStack,
  clock: BentClock,
  progress: (line: string) => void,
): Promise<{ readonly rows: readonly Row[]; readonly cost: CostReport }> {
  const [credentials] = await registerChargers(stack, 0, 1);
  if (credentials === undefined) {
    throw new Error('No charger was registered.');
  }
  await stopReadingEvents(stack);
  const charger = await connectCharger(stack.chargers, credentials);
  const boot = await charger.call('BootNotification', bootNotification);
  const heartbeatSeconds = (boot as { readonly interval: number }).interval;
  progress('Requests before the reply: a session, message by message');
  const first = { startedAt: Date.now() - 5 * hour, readings: 45, meterStart: 1_000 };
  const ofFirst = messageRows(await measureMessages(stack, charger, first));
  progress('A session from boot to sealed CDR');
  // The register continues where the session before left it, as in the field: a jump would be an anomaly to keep.
  const second = { startedAt: Date.now() - 3 * hour, readings: 45, meterStart: 9_100 };
  const before = await stack.storedBytes();
  const session = await measureSession(stack, charger, second);
  const after = await stack.storedBytes();
  // Not before: a session of theirs that is sealed later would be counted in the bytes of this one.
  progress('Requests before the reply: other versions');
  const ofOthers = await measureVersions(stack);
  progress('A session with settings that cost the least');
  const third = { startedAt: Date.now() - hour, readings: 45, meterStart: 17_200 };
  const thrifty = await measureSession(stack, charger, third, leastCost.liveWindowSeconds);
  await charger.close();
  progress('Two hours of heartbeats');
  const connection = await measureConnection(stack, clock, credentials, heartbeatSeconds);
  const { connect, heartbeat } = connection;
  const stored = {
    readings: after.readings - before.readings,
    state: after.state - before.state,
  };
  const fixed = fixedMonth(stack.parts);
  const runsOf = (steps: MeasuredSession['steps']): readonly CountedRuns[] => [
    { steps: connection.connectSteps, timesPerMonth: days * use.connectsPerDay },
    {
      steps: connection.heartbeatSteps,
      timesPerMonth: (days * 86_400) / heartbeatSeconds / connection.heartbeats,
    },
    { steps, timesPerMonth: days * use.sessionsPerDay },
  ];
  const partsOf = (
    { counted, steps }: MeasuredSession,
    kept: Pick<Retention, 'readingDays' | 'readingRecovery'>,
  ): MonthParts => ({
    use: chargerMonth({ connect, heartbeat, session: counted }, { ...use, heartbeatSeconds }),
    fixed,
    storage: storageMonth(stored, { ...kept, sessionsPerDay: use.sessionsPerDay, stateDays }),
    functions: monthlyRuns(runsOf(steps), stack.memoryOf),
  });
  const parts = partsOf(session, stack);
  const thriftyParts = partsOf(thrifty, leastCost);
  const month = parts.use;
  const fleets = fleetSizes.map((chargers) => fleetMonth(parts, chargers));
  const thriftyFleets = fleetSizes.map((chargers) => fleetMonth(thriftyParts, chargers));
  return {
    rows: [
      ...connection.rows,
      ...ofFirst,
      ...ofOthers,
      ...session.rows,
      ...costRows({
        month,
        fixed,
        fleets,
        thriftyFleets,
        customMetrics: stack.parts.customMetrics,
        writtenMetrics: writtenMetrics(stack.dataDirectory).size,
        events: eventsMonth(runsOf(session.steps), stack.memoryOf('events')),
        sums: sumsMonth(runsOf(session.steps)),
      }),
    ],
    cost: {
      session: session.steps,
      month,
      fixed,
      fleets,
      thriftyFleets,
      assumptions: [
        `list prices of ${pricesAsOf}, us-east-1, no free tier: bench/prices.ts`,
        `30 days, ${use.sessionsPerDay} sessions and ${use.connectsPerDay} connects a day, a heartbeat every ${heartbeatSeconds} s`,
        lambdaTimeAssumption,
        coldStartAssumption,
        `a session leaves ${Math.round(stored.readings / 100) / 10} KB of readings, kept for ${stack.readingDays} days, and ${Math.round(stored.state / 100) / 10} KB of session and CDR, kept for ever: those of ${stateDays} days are counted`,
        `settings that cost the least: ${Object.entries(leastCost)
          .map(
            ([name, value]) => `${name === 'readingDays' ? 'readingRetentionDays' : name} ${value}`,
          )
          .join(', ')}`,
      ],
    },
  };
}
