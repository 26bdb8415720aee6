import type { BenchPart } from './bench-part.ts';
import { measureCost } from './cost/measure-cost.ts';
import { measureThroughput } from './load/measure-throughput.ts';
import { measureFolding } from './pricing/measure-folding.ts';
import { measureMaking } from './pricing/measure-making.ts';
import { measurePricing } from './pricing/measure-pricing.ts';
import { measureSealing } from './pricing/measure-sealing.ts';
import { measureUnpacking } from './pricing/measure-unpacking.ts';
import type { CostReport, Report } from './report/report.ts';
import type { Row } from './report/row.ts';
import { measureRoaming } from './roaming/measure-roaming.ts';
import { type BenchStack, startBenchStack } from './stack/bench-stack.ts';
import { createBentClock } from './stack/bent-clock.ts';
import { createCommandRace } from './use/command-race.ts';
import { growthRows } from './use/growth.ts';
import { measureAnalytics } from './use/measure-analytics.ts';
import { measureCalls } from './use/measure-calls.ts';
import { commandsWindowScale, measureCommands } from './use/measure-commands.ts';
import { measureFanOut } from './use/measure-fan-out.ts';
import { measureGrowth } from './use/measure-growth.ts';
import { measurePatience } from './use/measure-patience.ts';
import { type BundleSize, measureStartUp } from './use/measure-start-up.ts';

type Progress = (line: string) => void;

/** Result of one part of the bench. */
type Measured = {
  readonly rows: readonly Row[];
  readonly cost?: CostReport;
  readonly bundles?: readonly BundleSize[];
};

const clock = createBentClock();

const counting = {
  counting: true,
  // Long enough to gather what is sent at once, and no longer.
  eventSources: { windowScale: 0.003 },
  webSocket: { deliverMessage: clock.deliverMessage },
};

const measurements: Readonly<Record<BenchPart, (progress: Progress) => Promise<Measured>>> = {
  pricing: async (progress) => {
    progress('Pricing: 500 periods under 30 elements');
    const computed = [
      ...measurePricing(),
      ...measureSealing(),
      ...measureFolding(),
      ...measureUnpacking(),
    ];
    progress('Pricing: CDRs of 45 and of 500 readings on an engine');
    return { rows: [...computed, ...(await measureMaking())] };
  },
  'start-up': async (progress) => {
    progress('Start-up: loading bundles in new processes');
    const { rows, sizes } = await measureStartUp();
    return { rows, bundles: sizes };
  },
  patience: async (progress) => {
    progress('Patience: starting and stopping the local stack');
    return { rows: await measurePatience() };
  },
  throughput: async (progress) => {
    progress('Throughput: 100 chargers at full speed');
    // At full speed a tenth of the window gathers more readings than the whole of it does in the field.
    return { rows: await onStack({ eventSources: { windowScale: 0.05 } }, measureThroughput) };
  },
  cost: async (progress) =>
    await onStack(counting, async (stack) => await measureCost(stack, clock, progress)),
  commands: async (progress) => {
    const race = createCommandRace();
    const rows = await onStack(
      {
        counting: true,
        eventSources: { windowScale: commandsWindowScale },
        dynamodb: { disturb: race.disturb },
      },
      async (stack) => await measureCommands(stack, race, progress),
    );
    return { rows };
  },
  growth: async (progress) => ({
    rows: await onStack(counting, async (stack) => [
      ...(await measureAnalytics(stack)),
      ...growthRows(await measureGrowth(stack, progress)),
    ]),
  }),
  calls: async (progress) => ({
    rows: await onStack(counting, async (stack) => await measureCalls(stack, progress)),
  }),
  roaming: async (progress) => ({
    rows: await onStack(
      { ...counting, allowLoopback: true },
      async (stack) => await measureRoaming(stack, progress),
    ),
  }),
  events: async (progress) => ({
    // Time as it is on AWS: what a dead receiver is tried with again comes minutes later, as there.
    rows: await onStack(
      { counting: true, allowLoopback: true },
      async (stack) => await measureFanOut(stack, progress),
    ),
  }),
};

/** Measures the parts that are asked for, one after the other: what runs side by side disturbs the clocks. */
export async function runBench(parts: readonly BenchPart[], progress: Progress): Promise<Report> {
  const measured: Measured[] = [];
  for (const part of parts) measured.push(await measurements[part](progress));
  const cost = measured.find((one) => one.cost !== undefined)?.cost;
  return {
    rows: measured.flatMap(({ rows }) => rows),
    bundles: measured.flatMap(({ bundles = [] }) => bundles),
    ...(cost === undefined ? {} : { cost }),
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
