/** A value of a cell; null is an empty one. */
export type Cell = string | number | boolean | null;

/** A cell of RFC 4180. A spreadsheet would run a text that begins like a formula; a negative amount is none. */
function written(value: Cell): string {
  const text = value === null ? '' : String(value);
  const isFormula = typeof value === 'string' && /^[=+@\t\r]|^-(?!\d+(?:\.\d+)?$)/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line of CSV (RFC 4180), its end included. */
export const csvLine = (values: readonly Cell[]): string => `${values.map(written).join(',')}\r\n`;
