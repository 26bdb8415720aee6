/** One budget and what was measured against it. */
export type Row = {
  readonly what: string;
  readonly budget: string;
  readonly measured: string;
  readonly ok: boolean;
  /** The measured number and what the budget allows, in the unit named by the texts. */
  readonly value: number;
  readonly limit: number;
};

/** How a number is shown. */
export type Shown = { readonly unit: string; readonly digits?: number; readonly note?: string };

/** A budget that must not be exceeded. A value that is not a number breaks it. */
export function atMost(what: string, limit: number, value: number, shown: Shown): Row {
  const { unit, digits = 2, note } = shown;
  const text = (amount: number): string => `${rounded(amount, digits)} ${unit}`.trim();
  return {
    what,
    budget: `≤ ${text(limit)}`,
    measured: note === undefined ? text(value) : `${text(value)} (${note})`,
    ok: value <= limit,
    value,
    limit,
  };
}

/** A budget that must be reached. A value that is not a number breaks it. */
export function atLeast(what: string, limit: number, value: number, shown: Shown): Row {
  const row = atMost(what, limit, value, shown);
  return { ...row, budget: row.budget.replace('≤', '≥'), ok: value >= limit };
}

/** Leaves whole numbers whole. */
function rounded(amount: number, digits: number): string {
  return Number.isInteger(amount) ? String(amount) : amount.toFixed(digits);
}
