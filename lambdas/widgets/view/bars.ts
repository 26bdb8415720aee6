import { type Markup, markup, nothing } from '../../view/markup.ts';

const barWidth = 4;
const height = 22;

/** The energy of hours as bars beside each other, up to the highest; a quiet word where there was none. */
export function bars(hours: readonly number[] | undefined): Markup {
  if (hours === undefined) return nothing;
  const sum = hours.reduce((all, one) => all + one, 0);
  if (sum === 0) return markup`<span class="q">none</span>`;
  const most = Math.max(...hours);
  const drawn = hours.map((kwh, n) => {
    const length = Math.max(kwh > 0 ? 1 : 0, (kwh / most) * height);
    return markup`<rect x="${n * barWidth}" y="${(height - length).toFixed(1)}" width="${barWidth - 1}" height="${length.toFixed(1)}" stroke="none"/>`;
  });
  const width = hours.length * barWidth;
  const title = `${sum.toFixed(1)} kWh in ${hours.length} h, up to ${most.toFixed(1)} kWh in one`;
  return markup`<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}"><title>${title}</title>${drawn}</svg> <span class="q">${sum.toFixed(1)}</span>`;
}
