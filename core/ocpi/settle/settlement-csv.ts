import type { Settlement } from './settle.ts';

const columns = [
  'partnerId',
  'direction',
  'month',
  'currency',
  'vatPercent',
  'cdrs',
  'energyKwh',
  'exclVat',
  'vat',
  'inclVat',
  'differingCdrs',
  'differingExclVat',
] as const;

/** A cell that no spreadsheet takes for a formula, quoted where it has to be. */
const cell = (value: string | number | null): string => {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const harmless = /^[=+@\t\r]/.test(value) || /^-(?!\d)/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/** Settlements as CSV (RFC 4180) with a header line. */
export const settlementCsv = (rows: readonly Settlement[]): string =>
  [columns.join(','), ...rows.map((row) => columns.map((name) => cell(row[name])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');
