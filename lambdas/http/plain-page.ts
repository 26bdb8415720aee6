import { escapeHtml } from '../view/escape-html.ts';

/** Readable on a phone and on paper, in the light and in the dark: contrasts are those of WCAG AA. */
const styles = `
:root { color-scheme: light dark; --line: light-dark(#c9ced6, #454b55); --quiet: light-dark(#57606c, #a9b1bc); --accent: light-dark(#0a6b4d, #5fd3a9); --bad: light-dark(#a3181c, #ff9b9b); --soft: light-dark(#f3f5f8, #1c2026); }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 1rem 1rem 3rem; background: light-dark(#fff, #101317); color: light-dark(#14171c, #eceff3); }
h1 { font-size: 1.5rem; margin: .5rem 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; } p { margin: .5rem 0; }
a { color: var(--accent); } .quiet { color: var(--quiet); } .total { font-size: 1.9rem; font-weight: 700; margin: .5rem 0 0; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid var(--line); padding: .4rem .75rem .4rem 0; text-align: start; vertical-align: top; } th { font-weight: 600; }
td.number, th.number { text-align: end; padding-right: 0; padding-left: .75rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .3rem 1rem; margin: 0; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
pre, code { font: .8rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; } pre { background: var(--soft); padding: .6rem; border-radius: .3rem; }
form { margin: 1rem 0; } button, .button { margin: .25rem 0; display: inline-block; font: inherit; font-weight: 600; padding: .75rem 1.25rem; border: 0; border-radius: .4rem; background: light-dark(#0a6b4d, #5fd3a9); color: light-dark(#fff, #08140f); text-decoration: none; cursor: pointer; min-height: 3rem; }
.good { color: var(--accent); font-weight: 600; } .bad { color: var(--bad); font-weight: 600; }
@media print { :root { color-scheme: light; } body { max-width: none; font-size: 11pt; } tr { break-inside: avoid; } .screen { display: none; } }
`;

/** Writes a page for people that needs nothing from elsewhere; `body` is HTML, in which every text of others is escaped. */
export const plainPage = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title><style>${styles}</style></head>
<body><main>${body}</main></body></html>`;
