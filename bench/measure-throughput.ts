import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { BenchStack } from './bench-stack.ts';
import type { Driven } from './load-order.ts';
import { processCpu } from './process-cpu.ts';
import { registerChargers } from './register-chargers.ts';
import { atMost, type Row } from './row.ts';
import { startLoadGenerator } from './start-load-generator.ts';

const fleetSize = 100;
const warmUpSeconds = 6;
const measuredSeconds = 20;

/** Lets 100 chargers send readings as fast as they are answered; the stack must count nothing, for that costs time. */
export async function measureThroughput(stack: BenchStack): Promise<readonly Row[]> {
  const fleet = await registerChargers(stack, 0, fleetSize);
  const load = await startLoadGenerator(stack.chargers, fleet);
  try {
    const warmUp = await load.drive(warmUpSeconds);
    await stack.drained();
    const engine = enginePid(stack.dataDirectory);
    const before = { own: process.cpuUsage(), engine: processCpu(engine) };
    const driven = await load.drive(measuredSeconds);
    // What follows from a message is part of its cost.
    await stack.drained();
    const { user, system } = process.cpuUsage(before.own);
    const own = (user + system) / 1000 / driven.answered;
    const withEngine = own + (processCpu(engine) - before.engine) / driven.answered;
    const stored = await countMeterReadings(stack);
    return rows(warmUp, driven, { own, withEngine, stored });
  } finally {
    load.stop();
  }
}

function rows(
  warmUp: Driven,
  driven: Driven,
  measured: { readonly own: number; readonly withEngine: number; readonly stored: number },
): readonly Row[] {
  const sent = warmUp.sent + driven.sent;
  const answered = warmUp.answered + driven.answered;
  const error = driven.firstError || warmUp.firstError;
  const rate = `${Math.round(driven.answered / driven.seconds)} messages/s`;
  return [
    atMost(`Readings of ${fleetSize} chargers at full speed: answers lost`, 0, sent - answered, {
      unit: '',
      note: error === '' ? `of ${sent}` : `of ${sent}; ${error}`,
    }),
    atMost('Readings at full speed: answered, but not stored', 0, answered - measured.stored, {
      unit: '',
      note: `${measured.stored} stored`,
    }),
    atMost('CPU per reading, without the engine', 1.5, measured.own, { unit: 'ms', note: rate }),
    atMost('CPU per reading, with the engine', 3, measured.withEngine, { unit: 'ms' }),
  ];
}

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
