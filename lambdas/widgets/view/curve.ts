import { type Markup, markup, nothing } from '../../view/markup.ts';
import type { CurvePoint } from '../power-curve.ts';

const width = 90;
const height = 22;

/** The power over a session as a small line, from 0 up to its highest; nothing where there are not two points. */
export function curve(points: readonly CurvePoint[]): Markup {
  const [first, ...others] = points;
  const last = others.at(-1);
  if (first === undefined || last === undefined) return nothing;
  const span = last.at - first.at || 1;
  const most = Math.max(1, ...points.map(({ watts }) => watts));
  const places = points.map(({ at, watts }) => {
    const x = ((at - first.at) / span) * width;
    const y = height - 1 - (Math.max(0, watts) / most) * (height - 2);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  const title = `Power, up to ${(most / 1000).toFixed(1)} kW`;
  return markup`<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}"><polyline points="${places.join(' ')}" fill="none" stroke-width="1.5"/></svg>`;
}
