import {
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { StepName } from '../functions/steps.ts';
import { nameIn, type Stage } from '../settings/stage.ts';

/** A query over the log lines of some functions, as a widget. */
export type LogWidgetProps = {
  readonly title: string;
  readonly steps: readonly StepName[];
  readonly width: number;
  readonly height: number;
};

const groupOf = (stage: Stage, step: StepName): string => `/aws/lambda/${nameIn(stage, step)}`;

/** Counts of a measure by what was done and by another property of the lines: a table. */
const countsBy =
  (property: 'outcome' | 'reason') =>
  (stage: Stage, measure: string, { steps, ...props }: LogWidgetProps): IWidget =>
    new LogQueryWidget({
      ...props,
      logGroupNames: steps.map((step) => groupOf(stage, step)),
      view: LogQueryVisualizationType.TABLE,
      queryLines: [
        `filter ispresent(${measure})`,
        `stats sum(${measure}) as amount by action, ${property}`,
        'sort amount desc',
        'limit 1000',
      ],
    });

/** Counts of a measure by what was done and how it went: a table. */
export const countsByOutcome = countsBy('outcome');

/** Counts of a measure by what was done and the reason that its lines name: a table. */
export const countsByReason = countsBy('reason');

/** How long commands took from their acceptance to the answer of the charger, by the action of OCPP: half of them, and all but one in twenty. A table. */
export const timesOfCommands = (stage: Stage, { steps, ...props }: LogWidgetProps): IWidget =>
  new LogQueryWidget({
    ...props,
    logGroupNames: steps.map((step) => groupOf(stage, step)),
    view: LogQueryVisualizationType.TABLE,
    queryLines: [
      'filter ispresent(CommandMilliseconds)',
      'stats count(*) as answered, pct(CommandMilliseconds,50) as p50, pct(CommandMilliseconds,95) as p95 by command',
      'sort answered desc',
      'limit 1000',
    ],
  });

/** Counts of measures by the hour, each under a word of its own: lines. */
export const countsOverTime = (
  stage: Stage,
  measures: Readonly<Record<string, string>>,
  { steps, ...props }: LogWidgetProps,
): IWidget => {
  const named = Object.entries(measures);
  return new LogQueryWidget({
    ...props,
    logGroupNames: steps.map((step) => groupOf(stage, step)),
    view: LogQueryVisualizationType.LINE,
    queryLines: [
      `filter ${named.map(([, measure]) => `ispresent(${measure})`).join(' or ')}`,
      `stats ${named.map(([word, measure]) => `sum(${measure}) as ${word}`).join(', ')} by bin(1h)`,
    ],
  });
};

/** Errors in the logs, by function and sentence, those too that a run broke off with, which the runtime writes: a table. */
export const errorLines = (stage: Stage, { steps, ...props }: LogWidgetProps): IWidget =>
  new LogQueryWidget({
    ...props,
    logGroupNames: steps.map((step) => groupOf(stage, step)),
    view: LogQueryVisualizationType.TABLE,
    queryLines: [
      'filter level = "ERROR"',
      'fields coalesce(service, @log) as function, coalesce(message, message.errorMessage) as error',
      'stats count(*) as errors by function, error',
      'sort errors desc',
      'limit 1000',
    ],
  });

/** Connections by charger, the most first: one that reconnects all the time is in a loop of boots. A table. */
export const connectionsByCharger = (stage: Stage, { steps, ...props }: LogWidgetProps): IWidget =>
  new LogQueryWidget({
    ...props,
    logGroupNames: steps.map((step) => groupOf(stage, step)),
    view: LogQueryVisualizationType.TABLE,
    queryLines: [
      'filter message = "Connected"',
      'stats count(*) as connections by chargerId',
      'sort connections desc',
      'limit 20',
    ],
  });
