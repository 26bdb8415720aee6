import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { parseDecimal, roundDecimal } from '../../../core/units/decimal.ts';
import { meteredSession } from './metered-session.ts';

const file = join(import.meta.dirname, '../../../../shared/data/epfl-sessions.csv');
const isThere = existsSync(file);

type Row = { readonly Arrival: string; readonly Departure: string; readonly 'Energy (Wh)': string };

/** A row of the file, metered with the register continuing from the previous row. */
const metered = (row: Row, meterStart: bigint, energy: bigint) =>
  meteredSession(
    Date.parse(`${row.Arrival}Z`),
    Date.parse(`${row.Departure}Z`),
    meterStart,
    energy,
  );

const energyOf = (row: Row): bigint => {
  const decimal = parseDecimal(row['Energy (Wh)']);
  if (decimal === undefined) throw new Error('no energy');
  return roundDecimal(decimal, 3);
};

describe('1,878 real sessions of a 172.5 kW station', () => {
  it.skipIf(!isThere)(
    `1,878 real sessions of a 172.5 kW station meter to the mWh, and none is held${isThere ? '' : ` (skipped: no ${file})`}`,
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
