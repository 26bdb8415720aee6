const units: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** Milliseconds of a schedule expression such as `rate(1 hour)` or `rate(5 minutes)`; undefined for any other. */
export function parseRate(expression: string): number | undefined {
  const [, amount = '', unit = '', plural] = /^rate\((\d+) ([a-z]+?)(s)?\)$/.exec(expression) ?? [];
  const milliseconds = Number(amount) * (units[unit] ?? 0);
  // As on AWS: the unit of 1 is singular, that of any other number plural.
  const agrees = (amount === '1') === (plural === undefined);
  return milliseconds > 0 && agrees ? milliseconds : undefined;
}
