import type { DynamoDBClientResolvedConfig } from '@aws-sdk/client-dynamodb';
import { allHeaders } from './wire/answer-head.ts';
import type { WireAnswer } from './wire/answer-reader.ts';
import type { Connection, Patience } from './wire/connection.ts';
import { type Connections, connectionsTo } from './wire/connections.ts';
import { LookedUpHeaders } from './wire/looked-up-headers.ts';
import { requestBytes } from './wire/request-bytes.ts';

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

/**
 * Sends requests with a whole body over connections that stay open, and gives each answer whole. It does for DynamoDB what the SDK's
 * own handler does for every service, in a quarter of its time: see docs/adr/0040-requests-to-dynamodb.md. Failures have the names and codes by
 * which the SDK tries again.
 */
export function createRequestHandler(patience: Patience): RequestHandler {
  const origins = new Map<string, Connections>();
  const connectionsFor = ({ protocol, hostname, port }: Request): Connections => {
    const name = `${protocol}//${hostname}:${port ?? ''}`;
    const known = origins.get(name);
    if (known !== undefined) return known;
    const isSecure = protocol === 'https:';
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const made = connectionsTo({ isSecure, host, port: port ?? (isSecure ? 443 : 80) }, patience);
    origins.set(name, made);
    return made;
  };
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request: Request, options: Options = {}): Promise<Output> => {
      const bytes = requestBytes({
        method: request.method,
        path: pathOf(request),
        headers: request.headers,
        body: bodyOf(request),
      });
      return outputOf(await askWith(options, connectionsFor(request), bytes));
    },
    destroy: () => {
      for (const connections of origins.values()) connections.closeAll();
      origins.clear();
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

const nothing = new Uint8Array();

function bodyOf({ body }: Request): Uint8Array {
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);
  if (body === undefined) return nothing;
  throw new Error('Only a request with a whole body can be sent');
}

async function askWith(
  { abortSignal }: Options,
  connections: Connections,
  bytes: Buffer,
): Promise<WireAnswer> {
  if (!(abortSignal instanceof AbortSignal)) return await connections.ask(bytes, () => {});
  let connection: Connection | undefined;
  const abort = (): void => connection?.close(abortError(abortSignal));
  if (abortSignal.aborted) throw abortError(abortSignal);
  abortSignal.addEventListener('abort', abort, { once: true });
  try {
    return await connections.ask(bytes, (taken) => {
      connection = taken;
      if (abortSignal.aborted) abort();
    });
  } finally {
    abortSignal.removeEventListener('abort', abort);
  }
}

const abortError = ({ reason }: AbortSignal): Error =>
  Object.assign(new Error('Request aborted', { cause: reason }), { name: 'AbortError' });

/** The SDK takes what went well by few headers, and may look for any of what did not. */
function outputOf({ head, body }: WireAnswer): Output {
  const { statusCode } = head;
  const headers = statusCode < 300 ? new LookedUpHeaders(head) : allHeaders(head);
  return { response: { statusCode, headers: headers as Record<string, string>, body } };
}
