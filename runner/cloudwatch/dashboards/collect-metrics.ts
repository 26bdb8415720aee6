import type { TableUse } from '../../dynamodb/table-use.ts';
import type {
  Deployment,
  Invocation,
  Invoke,
  RunningPart,
  Usage,
} from '../../runner-interfaces.ts';
import type { Queues } from '../../sqs/open-queues.ts';
import { isJsonObject } from '../../template/json-object.ts';
import type { MetricName, MetricStore } from './metric-store.ts';

const everyMilliseconds = 15_000;

/** Keeps of each run of a function what Lambda has metrics for. */
export function measuredInvoke(
  invoke: Invoke,
  { put, add }: MetricStore,
  now: () => number = Date.now,
): Invoke {
  const namespace = 'AWS/Lambda';
  return async (functionArn, event) => {
    const begun = now();
    const invocation = await invoke(functionArn, event);
    const dimensions = { FunctionName: functionArn.split(':')[6] ?? functionArn };
    const at = now();
    const run: Readonly<Record<string, number>> = isRun(invocation)
      ? { Duration: at - begun, ...ageOf(event, at) }
      : {};
    for (const [name, value] of Object.entries(run))
      put({ namespace, name, dimensions, at, value });
    for (const [name, value] of Object.entries(countsOf(invocation))) {
      add({ namespace, name, dimensions, at, value });
    }
    // Those of all functions of the account, of which only sums are asked for.
    if (isRun(invocation)) {
      add({ namespace, name: 'Invocations', dimensions: {}, at, value: 1 });
      add({ namespace, name: 'Duration', dimensions: {}, at, value: at - begun });
    }
    return invocation;
  };
}

/** A throttled event has not run: nothing but that is counted of it. */
const isRun = ({ kind }: Invocation): boolean => kind !== 'throttled';

/** How long ago the last change of a batch of a stream was written. */
function ageOf(event: unknown, at: number): { readonly IteratorAge?: number } {
  const { Records } = isJsonObject(event) ? event : {};
  const last: unknown = Array.isArray(Records) ? Records.at(-1) : undefined;
  const change = isJsonObject(last) ? last['dynamodb'] : undefined;
  const seconds = isJsonObject(change) ? change['ApproximateCreationDateTime'] : undefined;
  return typeof seconds === 'number' ? { IteratorAge: at - seconds * 1000 } : {};
}

const countsOf = ({ kind }: Invocation): Readonly<Record<string, number>> =>
  kind === 'throttled'
    ? { Throttles: 1 }
    : { Invocations: 1, Errors: Number(kind !== 'returned'), Throttles: 0 };

/** The metrics of API Gateway that are counts: of what it bills, and of what went wrong. */
const metricOf: Readonly<Record<string, string>> = {
  WebSocketConnect: 'ConnectCount',
  WebSocketMessageIn: 'MessageCount',
  WebSocketMessageOut: 'MessageCount',
  WebSocketClientError: 'ClientError',
  WebSocketIntegrationError: 'IntegrationError',
  WebSocketExecutionError: 'ExecutionError',
  HttpRequest: 'Count',
  HttpRefusal: '4xx',
  HttpFailure: '5xx',
};

/** Requests with an ECC key, which KMS counts for the whole account; that of a public key is not cryptographic. */
const signing: ReadonlySet<string> = new Set(['Sign', 'Verify']);
const signatures: MetricName = {
  namespace: 'AWS/Usage',
  name: 'CallCount',
  dimensions: {
    ...{ Service: 'KMS', Type: 'API', Resource: 'CryptographicOperationsEcc', Class: 'None' },
  },
};

/** Keeps what a request to a table took of it, or that it was refused; each index has its own. */
export function measuredTables(
  { add }: MetricStore,
  now: () => number = Date.now,
): (use: TableUse) => void {
  return ({ table, index, metric: name, amount: value }) => {
    const dimensions = {
      TableName: table,
      ...(index !== undefined && { GlobalSecondaryIndexName: index }),
    };
    add({ namespace: 'AWS/DynamoDB', name, dimensions, at: now(), value });
  };
}

/** Keeps the messages and calls of APIs and the signatures, by what is noted of their use. */
export function measuredUsage(
  { resources }: Deployment,
  { put, add }: MetricStore,
  now: () => number = Date.now,
): (usage: Usage) => void {
  const apis = new Map(
    resources
      .filter(({ type }) => type === 'AWS::ApiGatewayV2::Api')
      .map(({ address, ref }) => [address, ref]),
  );
  return ({ service, operation, caller = '', units }) => {
    const at = now();
    if (service === 'kms' && signing.has(operation)) add({ ...signatures, at, value: 1 });
    const ApiId = apis.get(caller);
    if (service !== 'apigateway' || ApiId === undefined) return;
    const ofApi = { namespace: 'AWS/ApiGateway', dimensions: { ApiId }, at };
    const name = metricOf[operation];
    if (name !== undefined) add({ ...ofApi, name, value: 1 });
    const { latency } = units;
    if (latency !== undefined) put({ ...ofApi, name: 'Latency', value: latency });
  };
}

/** Looks at the queues now and then, and at once when `look` is called. */
export function watchQueues(
  queues: Queues,
  { put }: MetricStore,
  now: () => number = Date.now,
): RunningPart & { readonly look: () => void } {
  const look = (): void => {
    const at = now();
    for (const queue of queues.values()) {
      const dimensions = { QueueName: queue.settings.name };
      const values = {
        ApproximateNumberOfMessagesVisible: queue.counts().visible,
        ApproximateAgeOfOldestMessage: queue.oldestAge() / 1000,
      };
      for (const [name, value] of Object.entries(values)) {
        put({ namespace: 'AWS/SQS', name, dimensions, at, value });
      }
    }
  };
  const timer = setInterval(look, everyMilliseconds).unref();
  return { look, stop: async () => clearInterval(timer) };
}
