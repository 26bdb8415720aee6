import {
  CustomWidget,
  GraphWidget,
  type IMetric,
  type IWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { nameIn, type Stage } from '../settings/stage.ts';

/** Everything that dashboards show. */
export type DashboardParts = {
  readonly stage: Stage;
  /** The function that draws widgets. */
  readonly widgets: IFunction;
  readonly chargerApiId: string;
  readonly operatorApiId: string;
  readonly stateTable: string;
  readonly readingsTable: string;
  /** ARNs of all alarms. */
  readonly alarms: readonly string[];
};

/** The dashboards of a stage; CloudWatch keeps three free of charge. */
export const dashboardNames = ['fleet', 'money', 'system'] as const;

/** One of them. */
export type DashboardName = (typeof dashboardNames)[number];

/** Columns of a dashboard. */
export const fullWidth = 24;

/** The first row of a dashboard: what it is for, and the way to the others. */
export function heading(stage: Stage, name: DashboardName, text: string): IWidget {
  const others = dashboardNames.filter((other) => other !== name);
  const links = others.map((other) => `[${other}](#dashboards:name=${nameIn(stage, other)})`);
  return new TextWidget({
    width: fullWidth,
    height: 3,
    markdown: `## joulegate-${stage.name}: ${name}\n${text} Other dashboards: ${links.join(' · ')}.`,
  });
}

/** A widget that the function draws from the tables. */
export const drawn = (
  { widgets }: DashboardParts,
  title: string,
  params: Readonly<Record<string, unknown>>,
  { width = fullWidth, height }: { readonly width?: number; readonly height: number },
): IWidget =>
  new CustomWidget({
    functionArn: widgets.functionArn,
    title,
    params,
    width,
    height,
    updateOnRefresh: true,
    updateOnResize: false,
    updateOnTimeRangeChange: false,
  });

/** Lines of metrics. */
export const graph = (title: string, left: readonly IMetric[]): IWidget =>
  new GraphWidget({ title, left: [...left], width: fullWidth / 2, height: 6 });

/** A title over the rows that follow. */
export const section = (title: string): IWidget =>
  new TextWidget({ width: fullWidth, height: 1, markdown: `### ${title}` });
