import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningPart } from '../runner-interfaces.ts';
import { asJsonObject, type JsonObject } from '../template/json-object.ts';
import { callerAccessKey } from './caller-access-key.ts';
import { ServiceError } from './service-error.ts';

/** One request in the AWS JSON protocol. */
export type JsonRequest = {
  /** As in `SendMessage`. */
  readonly operation: string;
  readonly input: JsonObject;
  /** The access key the request is signed with. */
  readonly accessKeyId: string;
};

/** Answers a request; throws a `ServiceError` for what the service refuses. */
export type ServeJson = (request: JsonRequest) => Promise<JsonObject> | JsonObject;

/** A service listening on this machine. */
export type Endpoint = RunningPart & { readonly url: string };

/** Starts a service that speaks AWS JSON 1.0 or 1.1, on a free port of 127.0.0.1. */
export async function startJsonEndpoint(serve: ServeJson): Promise<Endpoint> {
  const server = createServer((request, response) => {
    void answer(serve, request, response);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(serve: ServeJson, request: IncomingMessage, response: ServerResponse) {
  response.setHeader('x-amzn-requestid', randomUUID());
  response.setHeader(
    'content-type',
    request.headers['content-type'] ?? 'application/x-amz-json-1.0',
  );
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const target = String(request.headers['x-amz-target'] ?? '');
    const output = await serve({
      operation: target.slice(target.lastIndexOf('.') + 1),
      input: asJsonObject(JSON.parse(Buffer.concat(chunks).toString() || '{}')),
      accessKeyId: callerAccessKey(request.headers),
    });
    response.end(JSON.stringify(output));
  } catch (error) {
    answerError(response, error);
  }
}

function answerError(response: ServerResponse, error: unknown): void {
  const refused =
    error instanceof ServiceError
      ? error
      : new ServiceError(
          'InternalFailure',
          error instanceof Error ? error.message : 'Unknown',
          500,
        );
  response.statusCode = refused.status;
  response.setHeader('x-amzn-errortype', refused.code);
  response.end(JSON.stringify({ __type: refused.code, message: refused.message }));
}
