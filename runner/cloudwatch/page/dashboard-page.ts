import type { DashboardDefinition, Widget } from '../dashboards/read-dashboards.ts';
import { escapedHtml } from './escaped-html.ts';
import { script } from './script.ts';
import { styles } from './styles.ts';

/** A widget with its content, HTML. */
export type DrawnWidget = { readonly widget: Widget; readonly content: string };

/** Height of a row of a dashboard, px. */
const rowHeight = 48;

/** The widgets of a dashboard as sections in its columns. */
export const sectionsHtml = (drawn: readonly DrawnWidget[]): string =>
  drawn
    .map(({ widget: { type, width, height, x, properties }, content }, n) => {
      const title =
        properties['title'] === undefined
          ? ''
          : `<h2>${escapedHtml(String(properties['title']))}</h2>`;
      const most = type === 'text' ? '' : `;max-height:${height * rowHeight}px`;
      return `<section id="w${n}" class="${type}" style="grid-column:${x + 1} / span ${width}${most}">${title}<div class="content">${content}</div></section>`;
    })
    .join('\n');

/** The page of a dashboard: the others of the template, the theme, and its widgets. */
export function dashboardPage(
  name: string,
  all: readonly DashboardDefinition[],
  drawn: readonly DrawnWidget[],
  { theme, nonce }: { readonly theme: 'light' | 'dark'; readonly nonce: string },
): string {
  const other = theme === 'light' ? 'dark' : 'light';
  const links = all.map((one) =>
    one.name === name
      ? `<b>${escapedHtml(name)}</b>`
      : `<a href="/${escapedHtml(one.name)}?theme=${theme}">${escapedHtml(one.name)}</a>`,
  );
  return `<!doctype html>
<html lang="en" class="${theme}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapedHtml(name)}</title><style>${styles}</style></head>
<body><header>${links.join('')}<a href="?theme=${other}">${other}</a><span class="quiet">the last hour of this machine, by the minute</span></header>
<main>${sectionsHtml(drawn)}</main><dialog><div class="content"></div><form method="dialog"><button class="btn">Close</button></form></dialog><script nonce="${nonce}">${script}</script></body></html>`;
}
