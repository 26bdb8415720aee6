import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Authorize, Invocation, Invoke, RunningPart } from '../runner-interfaces.ts';
import { cloudLocation } from '../template/cloud-location.ts';
import type { FunctionSettings } from './function-settings.ts';

/** The Invoke call of the Lambda API, for the CLI and for functions that call functions. */
export type InvokeEndpoint = RunningPart & { readonly url: string };

/** The checks of the endpoint for each call. */
export type InvokeEndpointOptions = {
  readonly functions: readonly FunctionSettings[];
  readonly invoke: Invoke;
  readonly authorize: Authorize;
  /** Calls a function, by ARN, for somebody who does not wait for its answer. */
  readonly callLater: (functionArn: string, event: unknown) => void;
};

type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
};

const invocationPath = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?(?:\?.*)?$/;

/** Listens on 127.0.0.1, on a port that is free. */
export async function startInvokeEndpoint(options: InvokeEndpointOptions): Promise<InvokeEndpoint> {
  const server = createServer((request, response) => {
    void answer(request, options)
      .catch((error: unknown) => failed(500, 'ServiceException', String(error)))
      .then((result) => send(response, result));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function answer(request: IncomingMessage, options: InvokeEndpointOptions): Promise<Answer> {
  const [, encodedName] = invocationPath.exec(request.url ?? '') ?? [];
  if (request.method !== 'POST' || encodedName === undefined) {
    return failed(404, 'UnknownOperationException', 'Only Invoke is answered here.');
  }
  const called = findFunction(decodeURIComponent(encodedName), options.functions);
  if (called === undefined) {
    const wanted = `function:${decodeURIComponent(encodedName)}`;
    return failed(404, 'ResourceNotFoundException', `Function not found: ${wanted}`);
  }
  const [, accessKeyId = ''] =
    /Credential=([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
  const verdict = options.authorize(accessKeyId, 'lambda:InvokeFunction', called.arn);
  if (!verdict.allowed) {
    return failed(403, 'AccessDeniedException', verdict.message);
  }
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type !== 'RequestResponse' && type !== 'Event') {
    return failed(
      400,
      'InvalidParameterValueException',
      `Invocation type ${type} is not run here.`,
    );
  }
  const event = parse(await readBody(request));
  if (event === undefined) {
    return failed(400, 'InvalidRequestContentException', 'Could not parse payload into json.');
  }
  return await run(called.arn, event.value, type, options);
}

async function run(
  functionArn: string,
  event: unknown,
  type: 'RequestResponse' | 'Event',
  { invoke, callLater }: InvokeEndpointOptions,
): Promise<Answer> {
  if (type === 'RequestResponse') return answerTo(await invoke(functionArn, event));
  callLater(functionArn, event);
  return { status: 202, body: undefined };
}

function findFunction(
  name: string,
  functions: readonly FunctionSettings[],
): FunctionSettings | undefined {
  const { region, account } = cloudLocation;
  const prefix = `arn:aws:lambda:${region}:${account}:function:`;
  const bare = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return functions.find((candidate) => candidate.name === bare.replace(/:\$LATEST$/, ''));
}

function answerTo(invocation: Invocation): Answer {
  switch (invocation.kind) {
    case 'returned':
      return { status: 200, body: invocation.payload };
    case 'failed':
      return unhandled(invocation.errorType, invocation.errorMessage);
    case 'timed-out': {
      const seconds = invocation.seconds.toFixed(2);
      return unhandled('Sandbox.Timedout', `Task timed out after ${seconds} seconds`);
    }
    case 'throttled':
      return failed(429, 'TooManyRequestsException', 'Rate Exceeded.');
    default:
      return invocation satisfies never;
  }
}

function unhandled(errorType: string, errorMessage: string): Answer {
  const headers = { 'x-amz-function-error': 'Unhandled' };
  return { status: 200, headers, body: { errorType, errorMessage } };
}

function failed(status: number, type: string, message: string): Answer {
  return { status, headers: { 'x-amzn-errortype': type }, body: { Type: 'User', message } };
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: text === '' ? {} : JSON.parse(text) };
  } catch {
    return undefined;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
