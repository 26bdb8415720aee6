import { describe, expect, it } from 'vitest';
import { readSessionRows, type SessionDialect } from '../../fleet/replay/session-rows.ts';

const zurich: SessionDialect = {
  arrivalColumn: 'Arrival',
  departureColumn: 'Departure',
  energyColumn: 'Energy (Wh)',
  timeZone: 'Europe/Zurich',
};

const csv = (...rows: string[]): string =>
  ['Session,Arrival,Departure,Energy (Wh)', ...rows].join('\n');

describe('recorded sessions of a CSV', () => {
  it('reads times without a zone in the zone that the option names, summer and winter', () => {
    const { rows } = readSessionRows(
      csv(
        '1,2023-07-01T12:00:00,2023-07-01T12:30:00,1000',
        '2,2023-01-01T12:00:00,2023-01-01T12:30:00,1000',
      ),
      zurich,
    );

    expect(rows.map((row) => new Date(row.startedAt).toISOString())).toEqual([
      '2023-07-01T10:00:00.000Z',
      '2023-01-01T11:00:00.000Z',
    ]);
  });

  it('leaves a time with a zone as it is', () => {
    const { rows } = readSessionRows(
      csv('1,2023-07-01T12:00:00+05:30,2023-07-01T08:00:00Z,1'),
      zurich,
    );

    expect(rows[0]?.startedAt).toBe(Date.parse('2023-07-01T06:30:00Z'));
  });

  it('takes energy to the milliwatt-hour without a float', () => {
    const { rows } = readSessionRows(
      csv(
        '1,2023-07-01T12:00:00,2023-07-01T12:30:00,7910.8249999999998',
        '2,2023-07-01T13:00:00,2023-07-01T13:30:00,6407.05',
      ),
      zurich,
    );

    expect(rows.map((row) => row.energy)).toEqual([7_910_825n, 6_407_050n]);
  });

  it('names every broken row with its line and keeps the others', () => {
    const { rows, broken } = readSessionRows(
      csv(
        '1,2023-07-01T12:00:00,2023-07-01T12:30:00,1000',
        '2,yesterday,2023-07-01T12:30:00,1000',
        '3,2023-07-01T12:00:00,2023-07-01T11:30:00,1000',
        '4,2023-07-01T12:00:00,2023-07-01T12:30:00,lots',
        '5,2023-07-01T14:00:00',
      ),
      zurich,
    );

    expect(rows).toHaveLength(1);
    expect(broken).toEqual([
      { line: 3, reason: 'no usable Arrival' },
      { line: 4, reason: 'it ends before it starts' },
      { line: 5, reason: 'no usable Energy (Wh)' },
      { line: 6, reason: 'no usable Departure' },
    ]);
  });

  it('says which column is missing', () => {
    expect(() => readSessionRows('a,b\n1,2', zurich)).toThrow(
      'The CSV has no column "Arrival", "Departure", "Energy (Wh)".',
    );
  });
});
