import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { median } from '../report/median.ts';
import { atLeast, atMost, type Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import { enginePid } from '../stack/engine-pid.ts';
import { processCpu } from '../stack/process-cpu.ts';
import { registerChargers } from '../stack/register-chargers.ts';
import { driveUntilWarm, sentOf } from './drive-until-warm.ts';
import type { Driven } from './load-order.ts';
import { type Load, measureLoad, togetherOf } from './measure-load.ts';
import { measureVersionLoads } from './measure-version-loads.ts';
import { type LoadGenerator, startLoadGenerator } from './start-load-generator.ts';

const fleetSize = 100;
const rounds = { count: 5, seconds: 6, bareSeconds: 2 };
/** The time after a load in which the runner gives back what it took. */
const restMinutes = 2;

/** Readings, and the CPU-ms of a bare write to the same engine just before them. */
type Round = { readonly load: Load; readonly bare: number };

/** Lets 100 chargers send readings as fast as they are answered; the stack must count nothing, for that costs time. */
export async function measureThroughput(stack: BenchStack): Promise<readonly Row[]> {
  const fleet = await registerChargers(stack, 0, fleetSize);
  const load = await startLoadGenerator(stack.chargers, fleet, 'ocpp1.6');
  try {
    const fresh = await measureLoad(stack, load, rounds.seconds);
    const all = [fresh.driven, ...(await driveUntilWarm(load))];
    await stack.drained();
    const measured: Round[] = [];
    for (let round = 0; round < rounds.count; round += 1) {
      // One after the other, so that whatever else this machine does slows both.
      const bare = await measureBareWrites(stack, load);
      measured.push({ bare, load: await measureLoad(stack, load, rounds.seconds) });
    }
    all.push(...measured.map((round) => round.load.driven));
    const loss = lossRows(all, await countMeterReadings(stack));
    const memory = await memoryRow();
    const perReading = median(measured.map((round) => togetherOf(round.load)));
    return [
      ...loss,
      ...cpuRows(fresh, measured),
      ...(await measureVersionLoads(stack, fleetSize, perReading)),
      ...speedRows(measured.map((round) => round.load.driven)),
      memory,
    ];
  } finally {
    load.stop();
  }
}

async function measureBareWrites(stack: BenchStack, load: LoadGenerator): Promise<number> {
  const engine = enginePid(stack.dataDirectory);
  const before = processCpu(engine);
  const { count, cpuMilliseconds } = await load.write({
    engine: stack.engine,
    table: stack.database.readings,
    atOnce: availableParallelism(),
    seconds: rounds.bareSeconds,
  });
  const ofEngine = processCpu(engine) - before;
  await stack.drained();
  return (cpuMilliseconds + ofEngine) / count;
}

function lossRows(all: readonly Driven[], stored: number): readonly Row[] {
  const sent = sentOf(all);
  const answered = all.reduce((sum, driven) => sum + driven.answered, 0);
  const error = all.find(({ firstError }) => firstError !== '')?.firstError;
  return [
    atMost(`Readings of ${fleetSize} chargers at full speed: answers lost`, 0, sent - answered, {
      unit: '',
      note: error === undefined ? `of ${sent}` : `of ${sent}; ${error}`,
    }),
    atMost('Readings at full speed: answered, but not stored', 0, answered - stored, {
      unit: '',
      note: `${stored} stored`,
    }),
  ];
}

function cpuRows(fresh: Load, measured: readonly Round[]): readonly Row[] {
  const of = (value: (round: Round) => number): number => median(measured.map(value));
  const shown = (value: number): string => value.toFixed(2);
  const perReading = of((round) => togetherOf(round.load));
  const parts = `${shown(of(({ load }) => load.runner))} ms in the runner, ${shown(of(({ load }) => load.engine))} in the engine`;
  return [
    atMost(
      `CPU per reading, everything included / bare SDK write: median of ${rounds.count} rounds`,
      1.6,
      of(({ load, bare }) => togetherOf(load) / bare),
      { unit: '×', note: `${parts}, against ${shown(of(({ bare }) => bare))} ms` },
    ),
    atMost(
      'CPU per reading in a fresh process / in a warm one',
      1.3,
      togetherOf(fresh) / perReading,
      { unit: '×', note: `${shown(togetherOf(fresh))} ms against ${shown(perReading)} ms` },
    ),
  ];
}

function speedRows(driven: readonly Driven[]): readonly Row[] {
  // Others on the machine slow all of it: the row says how busy it was.
  const note = `load average ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`;
  const rate = median(driven.map(({ answered, seconds }) => answered / seconds));
  const p99 = median(driven.map((one) => one.p99));
  const at = `of ${fleetSize} chargers at full speed: median of ${rounds.count} rounds`;
  return [
    atLeast(`Readings ${at}`, 800, Math.round(rate), { unit: '/s', note }),
    atMost(`Time to an answer, p99, ${at}`, 200, p99, { unit: 'ms', digits: 0, note }),
  ];
}

async function memoryRow(): Promise<Row> {
  const mebibytes = (): number => process.memoryUsage.rss() / 1024 / 1024;
  const atOnce = mebibytes();
  await sleep(restMinutes * 60_000);
  const what = `Memory of the runner ${restMinutes} minutes after the load`;
  const note = `${atOnce.toFixed(0)} MiB at its end`;
  return atMost(what, 400, mebibytes(), { unit: 'MiB', digits: 0, note });
}

async function countMeterReadings({ database }: BenchStack): Promise<number> {
  let count = 0;
  let from: Record<string, never> | undefined;
  do {
    const page = await database.client.send(
      new ScanCommand({
        TableName: database.readings,
        Select: 'COUNT',
        FilterExpression: 'kind = :meter',
        ExpressionAttributeValues: { ':meter': { S: 'meter' } },
        ...(from !== undefined && { ExclusiveStartKey: from }),
      }),
    );
    count += page.Count ?? 0;
    from = page.LastEvaluatedKey as typeof from;
  } while (from !== undefined);
  return count;
}
