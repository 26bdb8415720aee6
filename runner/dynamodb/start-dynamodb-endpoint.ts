import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { callerAccessKey } from '../aws-json/caller-access-key.ts';
import type { Endpoint } from '../aws-json/start-json-endpoint.ts';
import type { Authorize, Usage } from '../runner-interfaces.ts';
import { asJsonObject, type JsonObject } from '../template/json-object.ts';
import { type EngineAnswer, type EngineHeaders, forwardToEngine } from './forward-to-engine.ts';
import { itemWrites } from './item-writes.ts';
import { requestUsages } from './request-usages.ts';
import { requiredPermissions } from './required-permissions.ts';
import type { Engine } from './start-engine.ts';
import type { Table } from './table.ts';

/** The parts the endpoint needs. */
export type DynamodbEndpointOptions = {
  readonly engine: Engine;
  readonly tables: readonly Table[];
  readonly authorize: Authorize;
  /** Takes note of what each request of an access key would cost; without it nothing is counted. */
  readonly count?: (accessKeyId: string, usage: Usage) => void;
  /** Says which calls fail on our side: by operation and access key. */
  readonly disturb?: (operation: string, accessKeyId: string) => 'fail' | undefined;
  /** Called with the table name after each write, to wake those who read its stream. */
  readonly onWrite?: (table: string) => void;
  /** Sees each request to the engine, and what becomes of it. */
  readonly follow?: <Answer>(request: Promise<Answer>) => Promise<Answer>;
};

type Call = {
  readonly accessKeyId: string;
  readonly operation: string;
  readonly input: JsonObject;
  readonly body: Buffer;
};

/** The DynamoDB that functions talk to: asks IAM about each request, then hands it to the engine as it came. */
export async function startDynamodbEndpoint(options: DynamodbEndpointOptions): Promise<Endpoint> {
  const tables = new Map(options.tables.map((table) => [table.name, table]));
  const engine = forwardToEngine(options.engine.url);
  const { follow = (request) => request } = options;
  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const call = await readCall(incoming);
    const denial = denialOf(call, options.authorize, tables) ?? failureOf(call, options.disturb);
    if (denial !== undefined) {
      respond(response, denial);
      return;
    }
    const body = options.count === undefined ? call.body : askForCapacity(call);
    const answer = await follow(engine.send(engineHeaders(incoming.headers), body));
    respond(response, answer);
    noteCall(options, call, answer, tables);
  };
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      // The SDK takes this for a passing trouble of AWS and tries again.
      respond(response, refusal(500, 'InternalServerError', String(error)));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      engine.close();
    },
  };
}

function engineHeaders(headers: IncomingHttpHeaders): EngineHeaders {
  return {
    'x-amz-target': String(headers['x-amz-target'] ?? ''),
    'x-amz-date': String(headers['x-amz-date'] ?? ''),
    authorization: headers.authorization ?? '',
  };
}

async function readCall(incoming: IncomingMessage): Promise<Call> {
  const body = await bodyOf(incoming);
  const target = String(incoming.headers['x-amz-target'] ?? '');
  return {
    accessKeyId: callerAccessKey(incoming.headers),
    operation: target.slice(target.lastIndexOf('.') + 1),
    input: asJsonObject(JSON.parse(body.toString() || '{}')),
    body,
  };
}

// By events, not by an iterator over the stream: this is on the way of every request of every function.
function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    incoming.on('error', reject);
  });
}

function denialOf(
  { accessKeyId, operation, input }: Call,
  authorize: Authorize,
  tables: ReadonlyMap<string, Table>,
): EngineAnswer | undefined {
  for (const { action, table, index, items } of requiredPermissions(operation, input)) {
    const tableArn = tables.get(table)?.arn ?? table;
    const partitionKey = tables.get(table)?.keyNames[0] ?? '';
    const arn = index === undefined ? tableArn : `${tableArn}/index/${index}`;
    const leadingKeys = items.map((item) => String(asJsonObject(item[partitionKey])['S'] ?? ''));
    const verdict = authorize(accessKeyId, action, arn, leadingKeys);
    if (!verdict.allowed) {
      return refusal(400, 'com.amazon.coral.service#AccessDeniedException', verdict.message);
    }
  }
  return undefined;
}

function failureOf(
  { operation, accessKeyId }: Call,
  disturb: DynamodbEndpointOptions['disturb'],
): EngineAnswer | undefined {
  return disturb?.(operation, accessKeyId) === 'fail'
    ? refusal(500, 'InternalServerError', 'Internal server error')
    : undefined;
}

function refusal(status: number, type: string, message: string): EngineAnswer {
  return { status, body: Buffer.from(JSON.stringify({ __type: type, message })) };
}

/** Requests are large and many: the wish is put in front of the text instead of serializing it again. */
function askForCapacity({ body, input }: Call): Buffer {
  if ('ReturnConsumedCapacity' in input || Object.keys(input).length === 0) {
    return Buffer.from(JSON.stringify({ ...input, ReturnConsumedCapacity: 'INDEXES' }));
  }
  const start = body.indexOf('{') + 1;
  return Buffer.concat([Buffer.from('{"ReturnConsumedCapacity":"INDEXES",'), body.subarray(start)]);
}

function respond(response: ServerResponse, { status, body }: EngineAnswer): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': body.length,
  });
  response.end(body);
}

function noteCall(
  { engine, onWrite, count }: DynamodbEndpointOptions,
  { accessKeyId, operation, input }: Call,
  { status, body }: EngineAnswer,
  tables: ReadonlyMap<string, Table>,
): void {
  const writes = itemWrites(operation, input, tables);
  for (const { table } of writes) {
    onWrite?.(table);
  }
  if (count === undefined) {
    return;
  }
  const output = asJsonObject(JSON.parse(body.toString()));
  for (const usage of requestUsages({ operation, writes, status, output, engine: engine.kind })) {
    count(accessKeyId, usage);
  }
}
