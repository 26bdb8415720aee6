import { type Protocol, protocols } from '../../core/ocpp/protocol.ts';
import { median } from '../report/median.ts';
import { atMost, type Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import { registerChargers } from '../stack/register-chargers.ts';
import { driveUntilWarm } from './drive-until-warm.ts';
import { measureLoad, togetherOf } from './measure-load.ts';
import { startLoadGenerator } from './start-load-generator.ts';

const rounds = { count: 3, seconds: 4 };

async function measureVersion(
  stack: BenchStack,
  protocol: Protocol,
  from: number,
  fleetSize: number,
): Promise<{ readonly perReading: number; readonly lost: number }> {
  const fleet = await registerChargers(stack, from, from + fleetSize);
  const load = await startLoadGenerator(stack.chargers, fleet, protocol);
  try {
    await driveUntilWarm(load);
    await stack.drained();
    const measured = [];
    for (let round = 0; round < rounds.count; round += 1) {
      measured.push(await measureLoad(stack, load, rounds.seconds));
    }
    return {
      perReading: median(measured.map(togetherOf)),
      lost: measured.reduce((sum, { driven }) => sum + driven.sent - driven.answered, 0),
    };
  } finally {
    load.stop();
  }
}

/** CPU of a reading in every version after OCPP 1.6, against one of OCPP 1.6 in CPU-ms on the same stack. */
export async function measureVersionLoads(
  stack: BenchStack,
  fleetSize: number,
  of16: number,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const later = protocols.filter((protocol) => protocol !== 'ocpp1.6');
  for (const [index, protocol] of later.entries()) {
    const from = (index + 1) * fleetSize;
    const { perReading, lost } = await measureVersion(stack, protocol, from, fleetSize);
    const name = protocol.replace('ocpp', 'OCPP ');
    const note = `${perReading.toFixed(2)} ms against ${of16.toFixed(2)} ms, ${lost} answers lost`;
    rows.push(
      atMost(`CPU per reading of ${name} / of OCPP 1.6`, 1.3, perReading / of16, {
        unit: '×',
        note,
      }),
      atMost(`Readings of ${name} at full speed: answers lost`, 0, lost, { unit: '' }),
    );
  }
  return rows;
}
