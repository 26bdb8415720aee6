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
  it('times without a zone are read in the zone given as an option, in summer and winter', () => {
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

  it('times with a zone are read unchanged', () => {
    const { rows } = readSessionRows(
      csv('1,2023-07-01T12:00:00+05:30,2023-07-01T08:00:00Z,1'),
      zurich,
    );

    expect(rows[0]?.startedAt).toBe(Date.parse('2023-07-01T06:30:00Z'));
  });

  it('energy in a CSV is read to the mWh without a float', () => {
    const { rows } = readSessionRows(
      csv(
        '1,2023-07-01T12:00:00,2023-07-01T12:30:00,7910.8249999999998',
        '2,2023-07-01T13:00:00,2023-07-01T13:30:00,6407.05',
      ),
      zurich,
    );

    expect(rows.map((row) => row.energy)).toEqual([7_910_825n, 6_407_050n]);
  });

  it('every broken row of a CSV is named with its line, and the others are kept', () => {
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
      {
        line: 3,
        reason:
          'Arrival "yesterday" is not a time like 2026-03-05T09:00:00Z, 2026-03-05 09:00 or 05.03.2026 09:00',
      },
      { line: 4, reason: 'it ends before it starts' },
      { line: 5, reason: 'Energy (Wh) "lots" is not a number of Wh' },
      { line: 6, reason: 'Departure is empty' },
    ]);
  });

  it('a missing column of a CSV is named', () => {
    expect(() => readSessionRows('a,b\n1,2', zurich)).toThrow(
      'The CSV has no column "Arrival", "Departure", "Energy (Wh)"; it has "a", "b". Name its own by --arrival-column, --departure-column and --energy-column.',
    );
  });
});

describe('the unit of the energy of a CSV', () => {
  const { energyColumn: _named, ...unnamed } = zurich;
  const energies = (head: string, cell: string, dialect: Partial<SessionDialect> = {}) =>
    readSessionRows(
      `Arrival;Departure;${head}\n2026-03-05T12:00:00Z;2026-03-05T13:00:00Z;${cell}`,
      { ...unnamed, ...dialect },
    ).rows.map(({ energy }) => energy);

  it('the unit of energy is known from the column name, which is found without an option', () => {
    expect(energies('Energy (kWh)', '7.91')).toEqual([7_910_000n]);
    expect(energies('energy kWh', '7.91')).toEqual([7_910_000n]);
    expect(energies('Energy [Wh]', '7910')).toEqual([7_910_000n]);
    expect(energies('energy_kwh', '7.91')).toEqual([7_910_000n]);
    expect(energies('energyKwh', '7.91')).toEqual([7_910_000n]);
    expect(energies('energyWh', '7910')).toEqual([7_910_000n]);
    expect(energies('kWhDelivered', '7.91')).toEqual([7_910_000n]);
    expect(energies('kWh', '7.91')).toEqual([7_910_000n]);
    expect(energies('Price per kWh;Energy (Wh)', '0.49;7910')).toEqual([7_910_000n]);
  });

  it('the unit of energy is requested if the column name does not state it', () => {
    expect(() => energies('Energy', '7.91')).toThrow(
      'The column "Energy" does not say its unit; add --energy-unit Wh or --energy-unit kWh.',
    );
    expect(energies('Energy', '7.91', { energyUnit: 'kWh' })).toEqual([7_910_000n]);
    expect(energies('delivered', '7910', { energyColumn: 'delivered', energyUnit: 'Wh' })).toEqual([
      7_910_000n,
    ]);
  });

  it.each(['Energy (MWh)', 'energy_mWh', 'energyMWh', 'Energy which'])(
    'the unit of energy is requested if the column is named %s',
    (head) => {
      expect(() => energies(head, '7.91', { energyColumn: head })).toThrow('does not say its unit');
    },
  );

  it('the column of energy is requested if several could be it', () => {
    expect(() => energies('kWhDelivered;kWhRequested', '7;9')).toThrow(
      'Several columns may be the energy: "kWhDelivered", "kWhRequested". Name one by --energy-column.',
    );
  });

  it('kWh are read to the mWh, and smaller fractions are rounded half up', () => {
    expect(energies('Energy (kWh)', '7.9108249')).toEqual([7_910_825n]);
    expect(energies('Energy (kWh)', '7.9108244999')).toEqual([7_910_824n]);
  });
});

describe('the form of a CSV', () => {
  const rowOf = (text: string, dialect: Partial<SessionDialect> = {}) => {
    const { rows, broken } = readSessionRows(text, {
      ...zurich,
      energyColumn: undefined,
      ...dialect,
    });
    return {
      energies: rows.map(({ energy }) => energy),
      times: rows.map(({ startedAt, endedAt }) =>
        [startedAt, endedAt].map((at) => new Date(at).toISOString().slice(0, 16)).join(' '),
      ),
      reasons: broken.map(({ reason }) => reason),
    };
  };

  it.each([
    [',', '7910.5'],
    [';', '7910,5'],
    ['\t', '7910,5'],
  ])('the delimiter %j of a CSV is detected, and its decimal separator', (delimiter, energy) => {
    const head = ['Arrival', 'Departure', 'Energy (Wh)'].join(delimiter);
    const row = ['2026-03-05 09:00', '2026-03-05 10:00', energy].join(delimiter);

    expect(rowOf(`${head}\n${row}`)).toEqual({
      energies: [7_910_500n],
      times: ['2026-03-05T08:00 2026-03-05T09:00'],
      reasons: [],
    });
  });

  it('a CSV may have another delimiter than its first line suggests', () => {
    const text = 'Arrival;Departure;Energy (Wh);a,b,c,d,e\n2026-03-05 09:00;2026-03-05 10:00;1;';

    expect(rowOf(text, { delimiter: ';' }).energies).toEqual([1000n]);
  });

  it('a comma in a number is refused if commas separate cells, because it could separate thousands or decimals', () => {
    const text = 'Arrival,Departure,Energy (Wh)\n2026-03-05 09:00,2026-03-05 10:00,"1,234"';

    expect(rowOf(text).reasons).toEqual(['Energy (Wh) "1,234" is not a number of Wh']);
  });

  it('a point in a number is refused if other rows have a decimal comma, because it could separate thousands', () => {
    const text = [
      'Arrival;Departure;Energy (Wh)',
      '2026-03-05 09:00;2026-03-05 10:00;1.234',
      '2026-03-05 11:00;2026-03-05 12:00;7910,5',
    ].join('\n');

    expect(rowOf(text)).toMatchObject({
      energies: [7_910_500n],
      reasons: ['Energy (Wh) "1.234" has a point, but other rows have a decimal comma'],
    });
  });

  it('a CSV without rows is refused', () => {
    expect(() => rowOf('Arrival;Departure;Energy (Wh)\n')).toThrow('The CSV has no rows.');
  });

  it('a session past midnight ends at its time of day also in the nights in which clocks are changed', () => {
    const text = [
      'Date;Start;End;Energy (kWh)',
      '28.03.2026;22:00;05:00;1',
      '24.10.2026;22:00;05:00;1',
    ].join('\n');
    const columns = {
      arrivalColumn: 'Date',
      arrivalTimeColumn: 'Start',
      departureColumn: 'Date',
      departureTimeColumn: 'End',
    };

    expect(rowOf(text, columns).times).toEqual([
      '2026-03-28T21:00 2026-03-29T03:00',
      '2026-10-24T20:00 2026-10-25T04:00',
    ]);
  });

  it('a CSV may have dates and times in separate columns, and sessions past midnight', () => {
    const text = [
      'Date;Start;End;Energy (kWh)',
      '05.03.2026;9:00;10:00;1',
      '05.03.2026;22:30;01:15;2',
      '05.03.2026;;10:00;3',
    ].join('\n');
    const columns = {
      arrivalColumn: 'Date',
      arrivalTimeColumn: 'Start',
      departureColumn: 'Date',
      departureTimeColumn: 'End',
    };

    expect(rowOf(text, columns)).toEqual({
      energies: [1_000_000n, 2_000_000n],
      times: ['2026-03-05T08:00 2026-03-05T09:00', '2026-03-05T21:30 2026-03-06T00:15'],
      reasons: ['Start is empty'],
    });
  });

  it('the order of day and month is requested if dates have slashes', () => {
    const text = 'Arrival,Departure,Energy (Wh)\n03/05/2026 09:00,03/05/2026 10:00,1';

    expect(rowOf(text).reasons).toEqual([
      'Arrival "03/05/2026 09:00" may be day or month first: add --date-order DMY or MDY',
    ]);
    expect(rowOf(text, { dateOrder: 'DMY' }).times).toEqual(['2026-05-03T07:00 2026-05-03T08:00']);
    expect(rowOf(text, { dateOrder: 'MDY' }).times).toEqual(['2026-03-05T08:00 2026-03-05T09:00']);
  });
});
