import { CommandError } from '../../clients/command-error.ts';

/** Units of energy that a CSV may have. */
export type EnergyUnit = 'Wh' | 'kWh';

// As a word of its own, or where a capital begins another word: Energy (kWh), energy_kwh, energyKwh, kWhDelivered.
const unitWords = [
  /(?<![A-Za-z])([kK]?)[wW][hH](?![a-z])/,
  /(?<=[a-z])([kK])[wW]h(?![a-z])/,
  /(?<=[a-jln-z])()Wh(?![a-z])/,
];

const unitIn = (column: string): EnergyUnit | undefined => {
  const [unit] = unitWords.flatMap((word) => word.exec(column) ?? []).filter((_, n) => n === 1);
  if (unit === undefined) return undefined;
  return unit === '' ? 'Wh' : 'kWh';
};

/**
 * The column of the energy: the one that begins with "energy" or with its unit, and names the unit. Refuses with
 * `CLI_CSV_COLUMNS` where several do; the name that we expect where none looks like it.
 */
export function energyColumnOf(columns: readonly string[]): string {
  const likely = columns.filter(
    (column) => /^(?:energy|k?wh)/i.test(column) && unitIn(column) !== undefined,
  );
  if (likely.length > 1) {
    throw new CommandError(
      'CLI_CSV_COLUMNS',
      `Several columns may be the energy: "${likely.join('", "')}". Name one by --energy-column.`,
    );
  }
  return likely[0] ?? columns.find((column) => /^energy$/i.test(column)) ?? 'Energy (Wh)';
}

/** The unit that the name of a column states. Refuses with `CLI_CSV_UNIT` one that states none. */
export function unitOf(column: string): EnergyUnit {
  const unit = unitIn(column);
  if (unit !== undefined) return unit;
  throw new CommandError(
    'CLI_CSV_UNIT',
    `The column "${column}" does not say its unit; add --energy-unit Wh or --energy-unit kWh.`,
  );
}
