import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { readApis } from '../../../runner/gateway/api-definition.ts';
import { headersOf } from '../../../runner/gateway/arrived-request.ts';
import { listen } from '../../../runner/gateway/listen.ts';
import { startManagementApi } from '../../../runner/gateway/management/start-management-api.ts';
import { startWebSocketApi } from '../../../runner/gateway/websocket/start-websocket-api.ts';
import type { WebSocketOptions } from '../../../runner/gateway/websocket/websocket-options.ts';
import type {
  Authorize,
  Invocation,
  StackContext,
  Usage,
} from '../../../runner/runner-interfaces.ts';
import { deploy, webSocketResources, withRoutes } from './test-template.ts';

/** A function of a test: gets the event and gives what it returns, or throws. */
// biome-ignore lint/suspicious/noExplicitAny: events are looked into at will by tests.
export type TestFunction = (event: any) => unknown;

const allow = (event: { methodArn: string }) => ({
  principalId: 'charger',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }],
  },
  context: { chargerId: 'CP-1', shard: 3, isKnown: true },
});

/** Functions that let everybody in and give each message back. */
export const friendlyFunctions: Readonly<Record<string, TestFunction>> = {
  authorizer: allow,
  connect: () => ({ statusCode: 200 }),
  message: (event) => ({ statusCode: 200, body: event.body }),
  quiet: () => ({ statusCode: 200, body: 'nobody hears this' }),
  disconnect: () => ({ statusCode: 200 }),
};

/** A stack context whose functions are those of a test; an unknown one may not be invoked. */
export const testContext = (
  deployment: StackContext['deployment'],
  functions: Readonly<Record<string, TestFunction>>,
  more: Partial<StackContext> = {},
): StackContext & { readonly usages: Usage[] } => {
  const usages: Usage[] = [];
  return {
    deployment,
    invoke: async (arn, event) => {
      const run = functions[arn.split(':').at(-1) ?? ''];
      try {
        // Events and results cross as text, as they do on Lambda.
        const payload = await run?.(JSON.parse(JSON.stringify(event)));
        return { kind: 'returned', payload: JSON.parse(JSON.stringify(payload ?? null)) };
      } catch (error) {
        return asInvocation(error);
      }
    },
    authorize: () => ({ allowed: true }),
    accessKeyOf: () => 'key',
    mayInvoke: (arn) => functions[arn.split(':').at(-1) ?? ''] !== undefined,
    writeLog: () => {},
    count: (usage) => {
      usages.push(usage);
    },
    dataDirectory: '/nonexistent',
    usages,
    ...more,
  };
};

const asInvocation = (error: unknown): Invocation =>
  error instanceof Error
    ? { kind: 'failed', errorType: error.name, errorMessage: error.message }
    : (error as Invocation);

/** A WebSocket API as a charger reaches it, without a distribution in front. */
export const startTestApi = async ({
  functions = {},
  options = {},
  stage = {},
  routes,
  authorize,
  context: more = {},
}: {
  readonly functions?: Readonly<Record<string, TestFunction | undefined>>;
  readonly options?: WebSocketOptions;
  readonly stage?: Record<string, unknown>;
  readonly routes?: Parameters<typeof withRoutes>[1];
  readonly authorize?: Authorize;
  readonly context?: Partial<StackContext>;
} = {}) => {
  const resources = webSocketResources(stage);
  const deployment = deploy(routes === undefined ? resources : withRoutes(resources, routes));
  const all = Object.fromEntries(
    Object.entries({ ...friendlyFunctions, ...functions }).filter(([, run]) => run !== undefined),
  ) as Record<string, TestFunction>;
  const context = testContext(deployment, all, more);
  const [definition] = readApis(deployment, 'WEBSOCKET');
  if (definition === undefined) {
    throw new Error('the template has no WebSocket API');
  }
  const api = startWebSocketApi(definition, context, options);
  const management = await startManagementApi(api, authorize ?? context.authorize);
  const server = createServer();
  server.on('upgrade', (incoming, socket, head) => {
    const request = { incoming, target: incoming.url ?? '', headers: headersOf(incoming) };
    void api.takeUpgrade(request, socket, head);
  });
  const port = await listen(server, 0);
  onTestFinished(async () => {
    server.close();
    await api.stop();
    await management.stop();
  });
  const url = `ws://127.0.0.1:${port}/ocpp`;
  return {
    api,
    context,
    management,
    url,
    connect: (protocols: string[] = [], path = '', headers: Record<string, string> = {}) =>
      openClient(url + path, protocols, headers),
  };
};

/** A function that answers only when its test is over. */
export const untilTheEnd = (): Promise<void> =>
  new Promise((resolve) => onTestFinished(() => resolve()));

/** Outcome of a handshake, as the client sees it. */
export type Handshake =
  | { readonly kind: 'open'; readonly client: TestClient }
  | { readonly kind: 'refused'; readonly status: number; readonly body: string }
  | { readonly kind: 'failed'; readonly message: string };

/** A client that keeps what it hears. */
export type TestClient = {
  readonly socket: WebSocket;
  readonly received: string[];
  /** The next message that was not taken yet. */
  readonly next: () => Promise<string>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
};

export const openClient = (
  url: string,
  protocols: string[],
  headers: Record<string, string> = {},
): Promise<Handshake> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url, protocols, { headers });
    const client = followClient(socket);
    socket.on('open', () => resolve({ kind: 'open', client }));
    socket.on('error', ({ message }) => resolve({ kind: 'failed', message }));
    socket.on('unexpected-response', (_, response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        resolve({ kind: 'refused', status: response.statusCode ?? 0, body });
      });
    });
  });

const followClient = (socket: WebSocket): TestClient => {
  const received: string[] = [];
  const waiting: (() => void)[] = [];
  let taken = 0;
  socket.on('message', (data) => {
    received.push(String(data));
    waiting.shift()?.();
  });
  return {
    socket,
    received,
    closed: new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    }),
    next: async () => {
      taken += 1;
      if (received.length < taken) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return received[taken - 1] ?? '';
    },
  };
};

/** The client of a handshake that must have gone well. */
export const clientOf = (handshake: Handshake): TestClient => {
  if (handshake.kind !== 'open') {
    throw new Error(`not connected: ${JSON.stringify(handshake)}`);
  }
  return handshake.client;
};
