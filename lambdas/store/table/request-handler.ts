import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestOverHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestOverHttps } from 'node:https';
import type { DynamoDBClientResolvedConfig } from '@aws-sdk/client-dynamodb';
import { askWhole, type Patience, type WholeAnswer } from './ask-whole.ts';

/** The way by which a client of DynamoDB sends its requests. */
export type RequestHandler = DynamoDBClientResolvedConfig['requestHandler'];

/** A request of the SDK. */
type Request = {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

type Options = { readonly abortSignal?: object | undefined };

/** An answer as the SDK reads it. */
type Output = {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body: Uint8Array;
  };
};

/** Connections stay open, at most as many as the SDK has; the one that was used last is the next, as it is open the longest. */
const connections = { keepAlive: true, maxSockets: 50, scheduling: 'lifo' } as const;

/**
 * Sends requests with a whole body by Node's own client, and gives each answer whole. It does for DynamoDB what the SDK's own handler
 * does for every service, with one timer and without copies: see docs/adr/0040-requests-to-dynamodb.md. Failures have the names and
 * codes by which the SDK tries again.
 */
export function createRequestHandler(patience: Patience): RequestHandler {
  const httpAgent = new HttpAgent(connections);
  const httpsAgent = new HttpsAgent(connections);
  const begin = (request: Request): ClientRequest => {
    const { protocol, hostname, port, method, headers } = request;
    const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
    // Names and values in turn are written as they are; of an object, Node would first make a table.
    const lines = Object.entries(headers).flat();
    const options = { host, port, method, path: pathOf(request), headers: lines };
    return protocol === 'https:'
      ? requestOverHttps({ ...options, agent: httpsAgent })
      : requestOverHttp({ ...options, agent: httpAgent });
  };
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request: Request, { abortSignal }: Options = {}): Promise<Output> => {
      const signal = abortSignal instanceof AbortSignal ? abortSignal : undefined;
      return outputOf(await askWhole(() => begin(request), bodyOf(request), patience, signal));
    },
    destroy: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}

function pathOf({ path, query }: Request): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

function bodyOf({ body }: Request): Uint8Array | string {
  if (body instanceof Uint8Array || typeof body === 'string') return body;
  if (body === undefined) return '';
  throw new Error('Only a request with a whole body can be sent');
}

/** All headers by their names in lower case, those that come several times as one. */
const allHeaders = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/**
 * Those headers that the SDK reads where all went well: its time and its age, by which the SDK corrects our clock, and the id of the
 * request. It deletes each that it is given and sets it again, which takes the longer the more there are.
 */
function headersOfSuccess({ headers }: IncomingMessage): Record<string, string> {
  const read: Record<string, string> = {};
  for (const name of ['date', 'age', 'x-amzn-requestid']) {
    const value = headers[name];
    if (typeof value === 'string') read[name] = value;
  }
  return read;
}

function outputOf({ message, body }: WholeAnswer): Output {
  const { statusCode = 0 } = message;
  const headers = statusCode < 300 ? headersOfSuccess(message) : allHeaders(message);
  return { response: { statusCode, headers, body } };
}
