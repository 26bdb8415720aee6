import type { MetricPoint } from '../dashboards/metric-store.ts';
import { escapedHtml } from './escaped-html.ts';

/** The points of one metric, and the name that the legend has for it. */
export type ChartLine = { readonly label: string; readonly points: readonly MetricPoint[] };

const [width, height, bottom] = [600, 150, 14];

/** Draws lines over a span of time as SVG with a legend that has the last value of each; lines without values are only counted. */
export function drawLines(lines: readonly ChartLine[], from: number, to: number): string {
  const drawn = lines.filter(({ points }) => points.length > 0);
  const most = Math.max(1, ...drawn.flatMap(({ points }) => points.map(({ value }) => value)));
  const place = ({ at, value }: MetricPoint): string => {
    const x = ((at - from) / (to - from)) * width;
    const y = height - bottom - (value / most) * (height - 2 * bottom);
    return `${Math.max(0, x).toFixed(1)},${y.toFixed(1)}`;
  };
  const paths = drawn.map(({ points }, n) => {
    const [only, ...others] = points;
    const places = points.map(place).join(' ');
    // One value has no line.
    if (only !== undefined && others.length === 0) {
      const [x, y] = place(only).split(',');
      return `<circle class="c${n % 8}" cx="${x}" cy="${y}" r="3"/>`;
    }
    return `<polyline class="c${n % 8}" points="${places}"/>`;
  });
  const legend = drawn.map(({ label, points }, n) => {
    const last = points.at(-1)?.value ?? 0;
    return `<span><i class="c${n % 8}"></i>${escapedHtml(label)} ${shown(last)}</span>`;
  });
  const silent = lines.length - drawn.length;
  const rest = silent === 0 ? '' : `<span class="quiet">${silent} without values</span>`;
  return `<svg class="chart" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${escapedHtml(drawn.map(({ label }) => label).join(', '))}"><line x1="0" y1="${height - bottom}" x2="${width}" y2="${height - bottom}"/>${paths.join('')}</svg><div class="legend"><span class="quiet">up to ${shown(most)}</span>${legend.join('')}${rest}</div>`;
}

const shown = (value: number): string => String(Number(value.toPrecision(4)));
