import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenAt, type WantedPort } from '../../gateway/listen.ts';
import type { RunningPart } from '../../runner-interfaces.ts';
import { isJsonObject } from '../../template/json-object.ts';
import { type DrawnWidget, dashboardPage, sectionsHtml } from '../page/dashboard-page.ts';
import {
  callWidget,
  drawWidget,
  type Fields,
  type Viewer,
  type WidgetSources,
} from './draw-widget.ts';
import { type DashboardDefinition, readDashboards } from './read-dashboards.ts';

/** The dashboards of a stack, in a browser. */
export type Dashboards = RunningPart & {
  /** `http://127.0.0.1:…` */
  readonly url: string;
};

/** The surroundings of the server, with the sources of its widgets. */
export type DashboardOptions = WidgetSources & {
  readonly port: WantedPort;
  /** Called before a dashboard is drawn: queues are looked at then. */
  readonly look: () => void;
};

type Page = {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
};

/** Serves the dashboards of the template on 127.0.0.1: the first at `/`, each at its name. */
export async function startDashboards(options: DashboardOptions): Promise<Dashboards> {
  const dashboards = readDashboards(options.deployment);
  const drawnButtons = new Set<string>();
  const server = createServer((request, response) => {
    void answer(request, dashboards, options, drawnButtons)
      .catch((error: unknown): Page => ({ status: 500, body: String(error) }))
      .then((page) => send(response, page));
  });
  const port = await listenAt(server, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function answer(
  request: IncomingMessage,
  dashboards: readonly DashboardDefinition[],
  options: DashboardOptions,
  drawnButtons: Set<string>,
): Promise<Page> {
  const { host = '' } = request.headers;
  // A page of others may name this address by a host of its own, and would read what is shown here.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return { status: 403, body: 'Unknown host' };
  const url = new URL(request.url ?? '/', `http://${host}`);
  const theme = url.searchParams.get('theme') === 'dark' ? 'dark' : 'light';
  const [, name = '', part] = url.pathname.split('/');
  const dashboard = name === '' ? dashboards[0] : dashboards.find((one) => one.name === name);
  if (dashboard === undefined) return { status: 404, body: 'No such dashboard' };
  if (name === '') return { status: 302, headers: { location: `/${dashboard.name}` }, body: '' };
  const viewer: Viewer = { theme, dashboard: dashboard.name };
  if (part === 'call') return await called(request, options, viewer, drawnButtons);
  options.look();
  const drawn = await Promise.all(
    dashboard.widgets.map(
      async (widget): Promise<DrawnWidget> => ({
        widget,
        content: await drawWidget(widget, options, viewer),
      }),
    ),
  );
  for (const { content } of drawn) noteButtons(content, drawnButtons);
  if (part === 'widgets') return { status: 200, body: sectionsHtml(drawn) };
  const nonce = randomBytes(16).toString('base64');
  const body = dashboardPage(dashboard.name, dashboards, drawn, { theme, nonce });
  // CloudWatch takes scripts out of widgets; here the browser does not run them.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; connect-src 'self'; script-src 'nonce-${nonce}'`;
  return { status: 200, headers: { 'content-security-policy': policy }, body };
}

/** Notes the functions that the buttons of a widget call. */
function noteButtons(html: string, drawnButtons: Set<string>): void {
  for (const [, endpoint = ''] of html.matchAll(/<cwdb-action\b[^>]*\bendpoint="([^"]+)"/g)) {
    drawnButtons.add(endpoint);
  }
}

/** Calls the function of a button that a widget drew, with its parameters and the fields of the widget. */
async function called(
  request: IncomingMessage,
  options: DashboardOptions,
  viewer: Viewer,
  drawnButtons: Set<string>,
): Promise<Page> {
  // A form of another page cannot send JSON here without being asked about it first.
  const isJson = request.headers['content-type'] === 'application/json';
  if (request.method !== 'POST' || !isJson) return { status: 405, body: 'POST with JSON' };
  const asked: unknown = JSON.parse(await textOf(request));
  const { endpoint, params, fields } = isJsonObject(asked) ? asked : {};
  if (!drawnButtons.has(String(endpoint))) {
    return { status: 403, body: 'No button of a dashboard calls that function' };
  }
  const filled = isJsonObject(fields) ? (fields as Fields) : {};
  const body = await callWidget(String(endpoint), params, options, viewer, filled);
  noteButtons(body, drawnButtons);
  return { status: 200, body };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const send = (response: ServerResponse, { status, headers = {}, body }: Page): void => {
  const type = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  response.writeHead(status, { ...type, ...headers }).end(body);
};
