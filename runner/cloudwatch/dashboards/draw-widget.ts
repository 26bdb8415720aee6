import type { Deployment, Invoke } from '../../runner-interfaces.ts';
import { isJsonObject, type JsonObject } from '../../template/json-object.ts';
import { defaultQuotaOf } from '../alarms/default-quotas.ts';
import { statesOfAlarms } from '../alarms/states-of-alarms.ts';
import { type ChartLine, drawLines } from '../page/draw-lines.ts';
import { escapedHtml } from '../page/escaped-html.ts';
import { markdownHtml } from '../page/markdown.ts';
import { readLogLines, timeOfLine } from './log-lines.ts';
import { type QueryResult, runLogQuery, sourcesOf } from './log-query.ts';
import { type MetricName, type MetricStore, statisticOf } from './metric-store.ts';
import type { Widget } from './read-dashboards.ts';
import { withWrittenMetrics } from './written-metrics.ts';

/** Where widgets get what they show. */
export type WidgetSources = {
  readonly deployment: Deployment;
  readonly invoke: Invoke;
  readonly store: MetricStore;
  /** Path of the file of a log group, by name. */
  readonly logPathOf: (group: string) => string;
  readonly now: () => number;
};

/** The viewer: the theme, and the dashboard that is looked at. */
export type Viewer = { readonly theme: 'light' | 'dark'; readonly dashboard: string };

const minute = 60_000;
/** How far back lines of metrics and log queries look. */
const span = 60 * minute;

const note = (text: string): string => `<p class="quiet">${escapedHtml(text)}</p>`;

/** The content of a widget as HTML. */
export async function drawWidget(
  { type, properties }: Widget,
  sources: WidgetSources,
  viewer: Viewer,
): Promise<string> {
  switch (type) {
    case 'text':
      return markdownHtml(String(properties['markdown']), viewer.theme);
    case 'custom':
      return await callWidget(
        String(properties['endpoint']),
        properties['params'] ?? {},
        sources,
        viewer,
      );
    case 'metric':
      return metricChart(properties, sources);
    case 'log':
      return logResult(properties, sources);
    case 'alarm':
      return alarmList(properties, sources);
    default:
      return type satisfies never;
  }
}

/** The fields of a widget's forms with their contents. */
export type Fields = Readonly<Record<string, string>>;

/** Calls the function of a custom widget, or of one of its buttons, as CloudWatch does; a string is HTML, anything else is shown as JSON. */
export async function callWidget(
  endpoint: string,
  params: unknown,
  { invoke }: WidgetSources,
  { theme, dashboard }: Viewer,
  fields: Fields = {},
): Promise<string> {
  const widgetContext = { dashboardName: dashboard, theme, params, forms: { all: fields } };
  const event = { ...(isJsonObject(params) ? params : {}), widgetContext };
  const answer = await invoke(endpoint, event);
  if (answer.kind !== 'returned') return note(`The function of this widget ${answer.kind}.`);
  return typeof answer.payload === 'string'
    ? answer.payload
    : `<pre>${escapedHtml(JSON.stringify(answer.payload, undefined, 2))}</pre>`;
}

type Line = MetricName & { readonly label: string; readonly stat: string };

/** Reads a line of a metric widget: namespace, name, dimensions by turns, and how it is shown; undefined for an expression. */
function lineOf(entry: unknown): Line | undefined {
  if (!Array.isArray(entry)) return undefined;
  const words = entry.filter((one): one is string => typeof one === 'string');
  const options = entry.find(isJsonObject) ?? {};
  // One that an expression is computed from, which the runner does not do.
  if (options['visible'] === false) return undefined;
  const [namespace, name, ...pairs] = words;
  if (namespace === undefined || name === undefined) return undefined;
  const dimensions = Object.fromEntries(
    pairs.flatMap((word, n) => (n % 2 === 0 ? [[word, pairs[n + 1] ?? '']] : [])),
  );
  const label = String(options['label'] ?? name);
  return { namespace, name, dimensions, label, stat: String(options['stat'] ?? 'Average') };
}

function metricChart(properties: JsonObject, sources: WidgetSources): string {
  const to = sources.now();
  const since = to - span;
  const entries = (properties['metrics'] ?? []) as readonly unknown[];
  const store = allMetrics(sources);
  const lines = entries.flatMap((entry): readonly ChartLine[] => {
    const line = lineOf(entry);
    if (line === undefined) return [];
    return [
      { label: line.label, points: statisticOf(store.valuesOf(line, since), line.stat, minute) },
    ];
  });
  if (lines.length === 0) return note('This sum is computed by CloudWatch alone.');
  if (lines.every(({ points }) => points.length === 0)) return note('No values in the last hour.');
  return drawLines(lines, since, to);
}

/** The metrics that are collected here, and those that the functions wrote into their logs. */
const allMetrics = ({ deployment, logPathOf, store }: WidgetSources): MetricStore =>
  withWrittenMetrics(store, deployment, (group) => readLogLines(logPathOf(group)));

function logResult(properties: JsonObject, { logPathOf, now }: WidgetSources): string {
  const { groups, query } = sourcesOf(String(properties['query']));
  const since = now() - span;
  const lines = groups
    .flatMap((group) =>
      readLogLines(logPathOf(group)).map((line) => ({ ...line, '@log': `000000000000:${group}` })),
    )
    .filter((line) => (timeOfLine(line) ?? 0) >= since);
  const result = runLogQuery(query, lines);
  if (result === undefined) {
    return `${note('This form of query is computed on AWS only:')}<pre>${escapedHtml(query)}</pre>`;
  }
  return result.rows.length === 0 ? note('Nothing in the last hour.') : table(result);
}

const table = ({ columns, rows }: QueryResult): string => {
  const cell = (value: string | number, n: number): string =>
    columns[n]?.startsWith('bin(')
      ? new Date(Number(value)).toISOString().slice(11, 16)
      : String(value);
  const head = columns.map((name) => `<th>${escapedHtml(name)}</th>`).join('');
  const body = rows
    .map(
      (row) => `<tr>${row.map((one, n) => `<td>${escapedHtml(cell(one, n))}</td>`).join('')}</tr>`,
    )
    .join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
};

/** The state of each alarm that is shown. */
function alarmList(properties: JsonObject, sources: WidgetSources): string {
  const arns = (properties['alarms'] ?? []) as readonly string[];
  const states = statesOfAlarms(sources.deployment, {
    store: allMetrics(sources),
    now: sources.now(),
    quotaOf: defaultQuotaOf,
  });
  const shown = arns.map((arn) => {
    const state = states.get(arn) ?? 'unknown';
    return `<span class="state ${state}">${escapedHtml(arn.split(':')[6] ?? arn)} <b>${state}</b></span>`;
  });
  return `<div class="states">${shown.join('')}</div>`;
}
