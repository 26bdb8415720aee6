import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { MeterReading } from '../../../core/metering/model/reading.ts';
import { finish } from '../../../core/session/finish.ts';
import { formatDecimal, parseDecimal, roundDecimal } from '../../../core/units/decimal.ts';
import { sessionOf } from '../cdr/cdr-samples.ts';
import { identity, startedEvent, stoppedEvent } from './session-samples.ts';

const file = join(import.meta.dirname, '../../../../shared/data/epfl-sessions.csv');
const isThere = existsSync(file);

type Row = { readonly Arrival: string; readonly Departure: string; readonly 'Energy (Wh)': string };

const readingAt = (at: number, register: bigint, context = 'Sample.Periodic'): MeterReading => ({
  timestamp: new Date(at).toISOString(),
  // Replayed years later: what was received has nothing to do with when it was measured.
  receivedAt: Date.UTC(2026, 10, 21),
  offline: false,
  sampledValues: [
    {
      value: formatDecimal(register, 3),
      context,
      measurand: 'Energy.Active.Import.Register',
      location: 'Outlet',
      multiplier: 0,
      format: 'raw',
    },
  ],
});

/** A recorded session as its charger would have told it: whole Wh in start and stop, decimals in the readings. */
const metered = (row: Row, meterStart: bigint, energy: bigint) => {
  const [start, end] = [Date.parse(`${row.Arrival}Z`), Date.parse(`${row.Departure}Z`)];
  const minutes = Math.floor((end - start) / 60_000);
  const readings = Array.from({ length: minutes }, (_, minute) =>
    readingAt(start + minute * 60_000, meterStart + (energy * BigInt(minute)) / BigInt(minutes)),
  );
  const ends = [
    readingAt(start, meterStart, 'Transaction.Begin'),
    readingAt(end, meterStart + energy, 'Transaction.End'),
  ];
  const started = startedEvent({
    startedAt: new Date(start).toISOString(),
    receivedAt: '2026-11-21T00:00:00.000Z',
    meterStart: Number(meterStart / 1000n),
  });
  const stopped = stoppedEvent({
    endedAt: new Date(end).toISOString(),
    receivedAt: '2026-11-21T00:00:01.000Z',
    meterStop: Number((meterStart + energy) / 1000n),
  });
  const station = { ...identity, maxPowerW: 172_500 };
  return finish(sessionOf({ ...started, identity: station }, stopped), [...readings, ...ends], []);
};

const energyOf = (row: Row): bigint => {
  const decimal = parseDecimal(row['Energy (Wh)']);
  if (decimal === undefined) throw new Error('no energy');
  return roundDecimal(decimal, 3);
};

describe('1,878 real sessions of a 172.5 kW station', () => {
  it.skipIf(!isThere)(
    `meter to the mWh, and none is held${isThere ? '' : ` (skipped: no ${file})`}`,
    () => {
      const rows = parse<Row>(readFileSync(file), { columns: true, skip_empty_lines: true });
      let register = 0n;

      for (const row of rows) {
        const energy = energyOf(row);
        const result = metered(row, register, energy);
        register += energy;
        expect(result).toMatchObject({ hold: false, energy, anomalies: [] });
      }

      expect(rows).toHaveLength(1878);
    },
  );
});
