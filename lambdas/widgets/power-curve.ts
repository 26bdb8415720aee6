import type { Series } from '../../core/metering/points/points.ts';
import { decodeRunning } from '../../core/session/encode-running.ts';

/** Power at one time of the charger's clock: epoch ms and W. */
export type CurvePoint = { readonly at: number; readonly watts: number };

const milliwattsPerWatt = 1000;

/** The power over a session, from the readings of its running view; the phases are added up where there is no total. */
export function powerCurve(running: string): readonly CurvePoint[] {
  const power = [...decodeRunning(running).points.series.values()].filter(
    ({ key }) => key.quantity === 'power' && key.occasion === 'sample',
  );
  const [first] = power;
  const here = power.filter(({ key }) => key.location === first?.key.location);
  const totals = here.filter(({ key }) => key.phase === '');
  return sumOf(totals.length > 0 ? totals : here);
}

function sumOf(series: readonly Series[]): readonly CurvePoint[] {
  const byTime = new Map<number, number>();
  for (const { at, value } of series.flatMap(({ samples }) => samples)) {
    const time = Number(at);
    byTime.set(time, (byTime.get(time) ?? 0) + Number(value) / milliwattsPerWatt);
  }
  return [...byTime].map(([at, watts]) => ({ at, watts })).sort((a, b) => a.at - b.at);
}
