import type { Markup } from './markup.ts';

/** The theme of whoever looks at the dashboard. */
export type Theme = 'light' | 'dark';

/** Colours by theme: text, quiet text, lines, good, bad, bars. Each text has a contrast of 4.5 on the dashboard. */
const colours = {
  light: {
    text: '#16191f',
    quiet: '#545b64',
    line: '#d5dbdb',
    good: '#1d6f42',
    bad: '#b3160b',
    bar: '#0972d3',
  },
  dark: {
    text: '#e9ebed',
    quiet: '#a6b2bf',
    line: '#414d5c',
    good: '#69d391',
    bad: '#ff9b8f',
    bar: '#539fe5',
  },
} as const satisfies Record<Theme, object>;

/** Wraps the content of a widget with its styles, which hold for that widget alone. */
export function themed(theme: Theme, { markup }: Markup): string {
  const { text, quiet, line, good, bad, bar } = colours[theme];
  const root = `jg-${theme}`;
  return `<style>
.${root}{color:${text};font:13px/1.45 "Amazon Ember","Helvetica Neue",Roboto,Arial,sans-serif;overflow-x:auto}
.${root} table{border-collapse:collapse;width:100%}
.${root} th{color:${quiet};font-weight:600;text-align:left;overflow-wrap:normal}
.${root} th,.${root} td{border-bottom:1px solid ${line};padding:4px 10px 4px 0;vertical-align:top}
.${root} td{overflow-wrap:anywhere}
.${root} td:first-child{min-width:7.5em}
.${root} .n{text-align:right;white-space:nowrap}
.${root} .w{overflow-wrap:normal}
.${root} .w .a{overflow-wrap:anywhere}
.${root} .q{color:${quiet}}
.${root} .g{color:${good}}
.${root} .b{color:${bad};font-weight:600}
.${root} p{margin:0 0 8px}
.${root} input{color:${text};background:transparent;border:1px solid ${quiet};border-radius:4px;padding:2px 6px;font:inherit;max-width:100%}
.${root} code{font:12px/1.4 Monaco,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.${root} svg{display:inline-block;vertical-align:middle;fill:${bar};stroke:${bar}}
</style><div class="${root}">${markup}</div>`;
}
