/** The days on which the spans begin that a month is made of: a span has 10 or 11 days, or fewer at the end of February. */
const firstDays = ['01', '11', '21'] as const;

/** The first day (`YYYY-MM-DD`) of the span of days that a date belongs to: the 1st, 11th or 21st of its month. */
export function spanOfDays(date: string): string {
  const first = firstDays.findLast((day) => day <= date.slice(8)) ?? firstDays[0];
  return `${date.slice(0, 8)}${first}`;
}
