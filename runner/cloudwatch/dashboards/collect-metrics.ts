import type {
  Deployment,
  Invocation,
  Invoke,
  RunningPart,
  Usage,
} from '../../runner-interfaces.ts';
import type { Queues } from '../../sqs/open-queues.ts';
import { isJsonObject } from '../../template/json-object.ts';
import type { MetricStore } from './metric-store.ts';

const everyMilliseconds = 15_000;

/** Keeps of each run of a function what Lambda has metrics for. */
export function measuredInvoke(
  invoke: Invoke,
  { put }: MetricStore,
  now: () => number = Date.now,
): Invoke {
  return async (functionArn, event) => {
    const begun = now();
    const invocation = await invoke(functionArn, event);
    const dimensions = { FunctionName: functionArn.split(':')[6] ?? functionArn };
    const at = now();
    const values = { ...countsOf(invocation), Duration: at - begun, ...ageOf(event, at) };
    for (const [name, value] of Object.entries(values)) {
      put({ namespace: 'AWS/Lambda', name, dimensions, at, value });
    }
    return invocation;
  };
}

/** How long ago the last change of a batch of a stream was written. */
function ageOf(event: unknown, at: number): { readonly IteratorAge?: number } {
  const { Records } = isJsonObject(event) ? event : {};
  const last: unknown = Array.isArray(Records) ? Records.at(-1) : undefined;
  const change = isJsonObject(last) ? last['dynamodb'] : undefined;
  const seconds = isJsonObject(change) ? change['ApproximateCreationDateTime'] : undefined;
  return typeof seconds === 'number' ? { IteratorAge: at - seconds * 1000 } : {};
}

const countsOf = ({ kind }: Invocation) => ({
  Errors: Number(kind === 'failed' || kind === 'timed-out'),
  Throttles: Number(kind === 'throttled'),
});

/** The metrics of API Gateway that are counts of what it bills, and of what it answers with an error of ours. */
const metricOf: Readonly<Record<string, string>> = {
  WebSocketMessageIn: 'MessageCount',
  WebSocketMessageOut: 'MessageCount',
  HttpRequest: 'Count',
  HttpFailure: '5xx',
};

/** Keeps the messages and calls of APIs, by what is noted of their use. */
export function measuredUsage(
  { resources }: Deployment,
  { put }: MetricStore,
  now: () => number = Date.now,
): (usage: Usage) => void {
  const apis = new Map(
    resources
      .filter(({ type }) => type === 'AWS::ApiGatewayV2::Api')
      .map(({ address, ref }) => [address, ref]),
  );
  return ({ service, operation, caller = '' }) => {
    const name = metricOf[operation];
    const ApiId = apis.get(caller);
    if (service !== 'apigateway' || name === undefined || ApiId === undefined) return;
    put({ namespace: 'AWS/ApiGateway', name, dimensions: { ApiId }, at: now(), value: 1 });
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
