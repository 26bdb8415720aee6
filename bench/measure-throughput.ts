import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { BenchStack } from './bench-stack.ts';
import type { Driven } from './load-order.ts';
import { median } from './median.ts';
import { processCpu } from './process-cpu.ts';
import { registerChargers } from './register-chargers.ts';
import { atMost, type Row } from './row.ts';
import { type LoadGenerator, startLoadGenerator } from './start-load-generator.ts';

const fleetSize = 100;
/** Functions that run for the first time are compiled meanwhile, again and again: that takes messages, not seconds. */
const warmUp = { messages: 6_000, seconds: 30 };
const rounds = { count: 5, seconds: 6 };

/** One round of readings, in CPU-ms per message. */
type Round = {
  readonly driven: Driven;
  readonly own: number;
  readonly withEngine: number;
};

/** Lets 100 chargers send readings as fast as they are answered; the stack must count nothing, for that costs time. */
export async function measureThroughput(stack: BenchStack): Promise<readonly Row[]> {
  const fleet = await registerChargers(stack, 0, fleetSize);
  const load = await startLoadGenerator(stack.chargers, fleet);
  try {
    const all = await driveUntilWarm(load);
    await stack.drained();
    const measured: Round[] = [];
    for (let round = 0; round < rounds.count; round += 1) {
      measured.push(await measureRound(stack, load));
    }
    all.push(...measured.map(({ driven }) => driven));
    return rows(all, measured, await countMeterReadings(stack));
  } finally {
    load.stop();
  }
}

async function driveUntilWarm(load: LoadGenerator): Promise<Driven[]> {
  const all: Driven[] = [];
  const until = performance.now() + warmUp.seconds * 1000;
  while (sentOf(all) < warmUp.messages && performance.now() < until) {
    all.push(await load.drive(2));
  }
  return all;
}

async function measureRound(stack: BenchStack, load: LoadGenerator): Promise<Round> {
  const engine = enginePid(stack.dataDirectory);
  const before = { own: process.cpuUsage(), engine: processCpu(engine) };
  const driven = await load.drive(rounds.seconds);
  // The work a message triggers later is part of its cost.
  await stack.drained();
  const { user, system } = process.cpuUsage(before.own);
  const own = (user + system) / 1000 / driven.answered;
  const ofEngine = (processCpu(engine) - before.engine) / driven.answered;
  return { driven, own, withEngine: own + ofEngine };
}

function rows(all: readonly Driven[], measured: readonly Round[], stored: number): readonly Row[] {
  const sent = sentOf(all);
  const answered = all.reduce((sum, driven) => sum + driven.answered, 0);
  const error = all.find(({ firstError }) => firstError !== '')?.firstError;
  const rates = measured.map(({ driven }) => Math.round(driven.answered / driven.seconds));
  const values = (figure: 'own' | 'withEngine'): number[] => measured.map((each) => each[figure]);
  // Whatever else this machine does only adds to a round: the best one is the nearest to the truth.
  const cpu = (what: string, limit: number, figure: 'own' | 'withEngine'): Row =>
    atMost(
      `CPU per reading, ${what}: best of ${rounds.count} rounds`,
      limit,
      Math.min(...values(figure)),
      {
        unit: 'ms',
        note: `median ${median(values(figure)).toFixed(2)}, ${Math.max(...rates)} readings/s`,
      },
    );
  return [
    atMost(`Readings of ${fleetSize} chargers at full speed: answers lost`, 0, sent - answered, {
      unit: '',
      note: error === undefined ? `of ${sent}` : `of ${sent}; ${error}`,
    }),
    atMost('Readings at full speed: answered, but not stored', 0, answered - stored, {
      unit: '',
      note: `${stored} stored`,
    }),
    cpu('without the engine', 1.5, 'own'),
    cpu('with the engine', 3, 'withEngine'),
  ];
}

const sentOf = (all: readonly Driven[]): number => all.reduce((sum, { sent }) => sum + sent, 0);

function enginePid(dataDirectory: string): number {
  const lock = readFileSync(join(dataDirectory, 'dynoxide', 'engine.json'), 'utf8');
  return (JSON.parse(lock) as { engine: number }).engine;
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
