import { callerAccessKey } from '../aws-json/caller-access-key.ts';
import type { Endpoint } from '../aws-json/start-json-endpoint.ts';
import type { Authorize, Usage } from '../runner-interfaces.ts';
import { asJsonObject, type JsonObject } from '../template/json-object.ts';
import type { Disturbance } from './database-options.ts';
import { type EngineAnswer, type EngineHeaders, forwardToEngine } from './forward-to-engine.ts';
import { type HttpMessage, headerReader } from './http-message.ts';
import { itemWrites } from './item-writes.ts';
import { listenForRequests } from './listen-for-requests.ts';
import { readConsumed } from './read-consumed.ts';
import { type AnsweredRequest, requestUsages } from './request-usages.ts';
import { requiredPermissions } from './required-permissions.ts';
import type { Engine } from './start-engine.ts';
import type { Table } from './table.ts';
import { consumedUse, type TableUse, throttledAnswer, throttledUse } from './table-use.ts';
import { createTurns } from './turns.ts';

/** The parts the endpoint needs. */
export type DynamodbEndpointOptions = {
  readonly engine: Engine;
  readonly tables: readonly Table[];
  readonly authorize: Authorize;
  /** Takes note of what each request of an access key would cost; without it nothing is counted. */
  readonly count?: (accessKeyId: string, usage: Usage) => void;
  /** Hears what DynamoDB has metrics for; without it, and without `count`, the engine is not asked for units, and no answer is read. */
  readonly measure?: (use: TableUse) => void;
  /** Says which calls fail on our side, and which wait: by operation and access key. */
  readonly disturb?: (operation: string, accessKeyId: string) => Disturbance;
  /** Called with the table name after each write, to wake those who read its stream. */
  readonly onWrite?: (table: string) => void;
  /**
   * Says by the access key whether nobody waits for what the function answers. Such functions send the engine one request at a time: it
   * takes one write after the other, and what folds in the readings of a hundred sessions at once would keep each message waiting.
   */
  readonly isInBackground?: (accessKeyId: string) => boolean;
  /** Sees each request to the engine, and what becomes of it. */
  readonly follow?: (request: Promise<EngineAnswer>, isWrite: boolean) => Promise<EngineAnswer>;
};

type Call = {
  readonly accessKeyId: string;
  readonly headers: EngineHeaders;
  readonly operation: string;
  readonly input: JsonObject;
  readonly body: Buffer;
};

/** The DynamoDB that functions talk to: asks IAM about each request, then hands it to the engine as it came, but for the wish to hear the units. */
export async function startDynamodbEndpoint(options: DynamodbEndpointOptions): Promise<Endpoint> {
  const tables = new Map(options.tables.map((table) => [table.name, table]));
  const engine = forwardToEngine(options.engine.url);
  const { follow = (request) => request, isInBackground = () => false } = options;
  const takeTurn = createTurns();
  const serve = async (request: HttpMessage): Promise<EngineAnswer> => {
    try {
      const call = readCall(request);
      const refused =
        denialOf(call, options.authorize, tables) ?? (await failureOf(call, options, tables));
      if (refused !== undefined) return refused;
      const body = isCounted(options) ? askForCapacity(call) : call.body;
      const send = () => engine.send(call.headers, body);
      const sent = isInBackground(call.accessKeyId) ? takeTurn(call.accessKeyId, send) : send();
      const answer = await follow(sent, isWrite(call));
      noteCall(options, call, answer, tables);
      return answer;
    } catch (error) {
      // The SDK takes this for a passing trouble of AWS and tries again.
      return refusal(500, 'InternalServerError', String(error));
    }
  };
  const { url, stop } = await listenForRequests(serve);
  return {
    url,
    stop: async () => {
      await stop();
      engine.close();
    },
  };
}

const targetOf = headerReader('x-amz-target');
const dateOf = headerReader('x-amz-date');
const authorizationOf = headerReader('authorization');

function readCall(request: HttpMessage): Call {
  const { body } = request;
  const [target, authorization] = [targetOf(request), authorizationOf(request)];
  return {
    accessKeyId: callerAccessKey({ authorization }),
    headers: { 'x-amz-target': target, 'x-amz-date': dateOf(request), authorization },
    operation: target.slice(target.lastIndexOf('.') + 1),
    input: asJsonObject(JSON.parse(body.toString() || '{}')),
    body,
  };
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

const isWrite = ({ operation }: Call): boolean =>
  /^(Put|Update|Delete|BatchW|TransactW)/.test(operation);

async function failureOf(
  { operation, accessKeyId, input }: Call,
  { disturb, measure }: DynamodbEndpointOptions,
  tables: ReadonlyMap<string, Table>,
): Promise<EngineAnswer | undefined> {
  switch (await disturb?.(operation, accessKeyId)) {
    case 'fail':
      return refusal(500, 'InternalServerError', 'Internal server error');
    case 'throttle': {
      const writes = itemWrites(operation, input, tables);
      for (const use of throttledUse({ operation, input, writes })) measure?.(use);
      const { status, output } = throttledAnswer({ operation, input });
      return { status, body: Buffer.from(JSON.stringify(output)) };
    }
    default:
      return undefined;
  }
}

const isCounted = ({ count, measure }: DynamodbEndpointOptions): boolean =>
  count !== undefined || measure !== undefined;

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

function noteCall(
  options: DynamodbEndpointOptions,
  { accessKeyId, operation, input }: Call,
  answer: EngineAnswer,
  tables: ReadonlyMap<string, Table>,
): void {
  const { engine, onWrite, count, measure } = options;
  const writes = itemWrites(operation, input, tables);
  for (const { table } of writes) {
    onWrite?.(table);
  }
  if (!isCounted(options)) return;
  const answered: AnsweredRequest = {
    ...{ operation, writes, status: answer.status },
    ...{ output: readConsumed(answer), engine: engine.kind },
  };
  if (measure !== undefined) consumedUse(answered).forEach(measure);
  if (count === undefined) return;
  for (const usage of requestUsages(answered)) count(accessKeyId, usage);
}
