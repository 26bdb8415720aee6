/** A quarter of a year: its months (`YYYY-MM`), the month after them, and its begin and end, ISO 8601 in UTC. */
export type Quarter = {
  readonly months: readonly string[];
  readonly monthAfter: string;
  readonly from: string;
  readonly to: string;
};

const monthOf = (year: number, index: number): string =>
  new Date(Date.UTC(year, index)).toISOString().slice(0, 7);

/** Reads a quarter such as `2026-Q1`; undefined for other text. */
export function quarterOf(text: string): Quarter | undefined {
  const [, year, number] = /^(\d{4})-Q([1-4])$/.exec(text) ?? [];
  if (year === undefined || number === undefined) return undefined;
  const first = (Number(number) - 1) * 3;
  const months = [0, 1, 2].map((index) => monthOf(Number(year), first + index));
  const monthAfter = monthOf(Number(year), first + 3);
  return {
    months,
    monthAfter,
    from: `${months[0]}-01T00:00:00.000Z`,
    to: `${monthAfter}-01T00:00:00.000Z`,
  };
}
