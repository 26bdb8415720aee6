import type { Deployment } from '../../runner-interfaces.ts';
import { StartRefusal } from '../../start-refusal.ts';

/** The kinds of widgets that the runner shows. */
const knownTypes = ['metric', 'log', 'alarm', 'text', 'custom'] as const;

/** A widget of a dashboard as its body has it: place and size in columns and rows, and what it shows. */
export type Widget = {
  readonly type: (typeof knownTypes)[number];
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** A dashboard of the template. */
export type DashboardDefinition = { readonly name: string; readonly widgets: readonly Widget[] };

/** Reads the dashboards of a deployment; refuses one whose body is none, or that has a widget of an unknown type. */
export const readDashboards = ({ resources }: Deployment): readonly DashboardDefinition[] =>
  resources
    .filter(({ type }) => type === 'AWS::CloudWatch::Dashboard')
    .map(({ ref, address, properties }) => ({
      name: ref,
      widgets: widgetsOf(address, String(properties['DashboardBody'])),
    }));

function widgetsOf(address: string, body: string): readonly Widget[] {
  const { widgets } = parse(address, body);
  const unknown = widgets.find(({ type }) => !knownTypes.includes(type));
  if (unknown !== undefined) {
    throw new StartRefusal(
      'UNSUPPORTED_VALUE',
      `${address} has a widget of the type ${JSON.stringify(unknown.type)}; the runner shows ${knownTypes.join(', ')}.`,
    );
  }
  return widgets;
}

function parse(address: string, body: string): { readonly widgets: readonly Widget[] } {
  try {
    return JSON.parse(body) as { readonly widgets: readonly Widget[] };
  } catch {
    throw new StartRefusal('UNSUPPORTED_VALUE', `The body of ${address} is not valid JSON.`);
  }
}
