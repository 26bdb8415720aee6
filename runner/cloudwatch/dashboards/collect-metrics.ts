import type { TableUse } from '../../dynamodb/table-use.ts';
import type { Deployment, Invoke, RunningPart, Usage } from '../../runner-interfaces.ts';
import type { Queues } from '../../sqs/open-queues.ts';
import { isJsonObject } from '../../template/json-object.ts';
import type { MetricName, MetricSeries, MetricStore } from './metric-store.ts';

const everyMilliseconds = 15_000;

/** Keeps of each run of a function what Lambda has metrics for. */
export function measuredInvoke(
  invoke: Invoke,
  { seriesOf }: MetricStore,
  now: () => number = Date.now,
): Invoke {
  const seriesWith = (dimensions: MetricName['dimensions']) => {
    const named = (name: string): MetricSeries =>
      seriesOf({ namespace: 'AWS/Lambda', name, dimensions });
    return {
      durations: named('Duration'),
      ages: named('IteratorAge'),
      invocations: named('Invocations'),
      errors: named('Errors'),
      throttles: named('Throttles'),
    };
  };
  // Those of all functions of the account, of which only sums are asked for.
  const ofAll = seriesWith({});
  const ofFunction = madeOnce((functionArn) =>
    seriesWith({ FunctionName: functionArn.split(':')[6] ?? functionArn }),
  );
  return async (functionArn, event) => {
    const begun = now();
    const invocation = await invoke(functionArn, event);
    const at = now();
    const own = ofFunction(functionArn);
    // A throttled event has not run: nothing but that is counted of it.
    if (invocation.kind === 'throttled') {
      own.throttles.add(at, 1);
      return invocation;
    }
    own.durations.put(at, at - begun);
    const age = ageOf(event, at);
    if (age !== undefined) own.ages.put(at, age);
    own.invocations.add(at, 1);
    own.errors.add(at, Number(invocation.kind !== 'returned'));
    own.throttles.add(at, 0);
    ofAll.invocations.add(at, 1);
    ofAll.durations.add(at, at - begun);
    return invocation;
  };
}

/** The things that belong to texts, each made when it is first asked for: that of each request would cost more than to note its values. */
function madeOnce<Made>(make: (text: string) => Made): (text: string) => Made {
  const kept = new Map<string, Made>();
  return (text) => {
    const made = kept.get(text) ?? make(text);
    kept.set(text, made);
    return made;
  };
}

/** How long ago the last change of a batch of a stream was written, ms. */
function ageOf(event: unknown, at: number): number | undefined {
  const { Records } = isJsonObject(event) ? event : {};
  const last: unknown = Array.isArray(Records) ? Records.at(-1) : undefined;
  const change = isJsonObject(last) ? last['dynamodb'] : undefined;
  const seconds = isJsonObject(change) ? change['ApproximateCreationDateTime'] : undefined;
  return typeof seconds === 'number' ? at - seconds * 1000 : undefined;
}

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
    Service: 'KMS',
    Type: 'API',
    Resource: 'CryptographicOperationsEcc',
    Class: 'None',
  },
};

/** Keeps what a request to a table took of it, or that it was refused; each index has its own. */
export function measuredTables(
  { seriesOf }: MetricStore,
  now: () => number = Date.now,
): (use: TableUse) => void {
  const seriesOfPlace = (dimensions: MetricName['dimensions']) =>
    madeOnce((name) => seriesOf({ namespace: 'AWS/DynamoDB', name, dimensions }));
  const ofTable = madeOnce((table) => seriesOfPlace({ TableName: table }));
  const ofIndex = madeOnce((table) =>
    madeOnce((index) => seriesOfPlace({ TableName: table, GlobalSecondaryIndexName: index })),
  );
  return ({ table, index, metric, amount }) => {
    const place = index === undefined ? ofTable(table) : ofIndex(table)(index);
    place(metric).add(now(), amount);
  };
}

/** Keeps the messages and calls of APIs and the signatures, by what is noted of their use. */
export function measuredUsage(
  { resources }: Deployment,
  { seriesOf }: MetricStore,
  now: () => number = Date.now,
): (usage: Usage) => void {
  const apis = new Map(
    resources
      .filter(({ type }) => type === 'AWS::ApiGatewayV2::Api')
      .map(({ address, ref: ApiId }) => [
        address,
        madeOnce((name) => seriesOf({ namespace: 'AWS/ApiGateway', name, dimensions: { ApiId } })),
      ]),
  );
  return ({ service, operation, caller = '', units }) => {
    if (service === 'kms' && signing.has(operation)) seriesOf(signatures).add(now(), 1);
    const seriesOfApi = service === 'apigateway' ? apis.get(caller) : undefined;
    if (seriesOfApi === undefined) return;
    const at = now();
    const name = metricOf[operation];
    if (name !== undefined) seriesOfApi(name).add(at, 1);
    const { latency } = units;
    if (latency !== undefined) seriesOfApi('Latency').put(at, latency);
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
