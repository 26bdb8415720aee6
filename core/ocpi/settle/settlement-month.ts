/** The month of a moment, as in `2026-03`, by UTC. */
const monthOf = (at: string): string => at.slice(0, 7);

/**
 * The month in which a CDR is settled: that of its end, or, where that month was closed when it arrived, the first one
 * that was open. Times are ISO 8601 UTC; `closed` is the last month that was closed.
 */
export const settlementMonth = (endedAt: string, receivedAt: string, closed?: string): string => {
  const month = monthOf(endedAt);
  if (closed === undefined || month > closed) return month;
  return monthOf(receivedAt) > closed ? monthOf(receivedAt) : nextMonth(closed);
};

const nextMonth = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12
    ? `${String(year + 1).padStart(4, '0')}-01`
    : `${month.slice(0, 5)}${String(number + 1).padStart(2, '0')}`;
};
