/** Energy of a session over its time, in mWh; times are epoch ms. */
export type EnergySpan = { readonly from: number; readonly to: number; readonly energy: bigint };

const hour = 3_600_000;

/**
 * The energy of each of the last hours before `now`, in kWh, the oldest first, as if each session had charged evenly over its time.
 * Energy outside of them does not count.
 */
export function hourlyEnergy(
  spans: readonly EnergySpan[],
  now: number,
  hours: number,
): readonly number[] {
  const begin = now - hours * hour;
  return Array.from({ length: hours }, (_, n) => {
    const [from, to] = [begin + n * hour, begin + (n + 1) * hour];
    return spans.reduce((sum, span) => sum + shareOf(span, from, to), 0);
  });
}

const milliWattHoursPerKwh = 1_000_000;

/** The part of a session's energy between two times, kWh. */
function shareOf(span: EnergySpan, from: number, to: number): number {
  const energy = Number(span.energy) / milliWattHoursPerKwh;
  const length = span.to - span.from;
  if (length <= 0) return span.from >= from && span.from < to ? energy : 0;
  const overlap = Math.min(span.to, to) - Math.max(span.from, from);
  return overlap <= 0 ? 0 : (energy * overlap) / length;
}
