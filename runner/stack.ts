import { choosePort } from './choose-port.ts';
import {
  type SecureChargers,
  startChargerDistribution,
} from './cloudfront/start-charger-distribution.ts';
import {
  measuredInvoke,
  measuredTables,
  measuredUsage,
  watchQueues,
} from './cloudwatch/dashboards/collect-metrics.ts';
import { createMetricStore, type MetricStore } from './cloudwatch/dashboards/metric-store.ts';
import { startDashboards } from './cloudwatch/dashboards/start-dashboards.ts';
import { unusableDirectory } from './data-directory-refusal.ts';
import { deployApp } from './deploy-app.ts';
import { startDynamodbEndpoint } from './dynamodb/start-dynamodb-endpoint.ts';
import { watchDatabase } from './dynamodb/watch-database.ts';
import { eventSourceMappingsOf } from './event-source/event-source-mapping.ts';
import { delayScaleOf } from './event-source/event-source-options.ts';
import { startEventSources } from './event-source/start-event-sources.ts';
import { readApis } from './gateway/api-definition.ts';
import { startHttpApi } from './gateway/http/start-http-api.ts';
import { startWebSocketApis } from './gateway/websocket/start-websocket-apis.ts';
import { giveBackMemoryAtRest } from './give-back-memory-at-rest.ts';
import { createAuthorizer, type RoleAction } from './iam/authorizer.ts';
import { createInvokePermissions } from './iam/invoke-permissions.ts';
import { startKmsEndpoint } from './kms/start-kms-endpoint.ts';
import { startFunctionHost } from './lambda/function-host.ts';
import { accessKeyOfFunction, callersOf, functionSecretKey } from './lambda/function-identity.ts';
import type { FunctionSettings } from './lambda/function-settings.ts';
import { startInvokeEndpoint } from './lambda/invoke-endpoint.ts';
import { openLogFiles } from './logs/log-files.ts';
import { openDatabase } from './open-database.ts';
import type { Deployment, Invoke, RunningPart, Usage } from './runner-interfaces.ts';
import { startS3Endpoint } from './s3/start-s3-endpoint.ts';
import { startSchedules } from './schedule/start-schedules.ts';
import { openQueues } from './sqs/open-queues.ts';
import { startSqsEndpoint } from './sqs/start-sqs-endpoint.ts';
import type { StackOptions } from './stack-options.ts';
import { collectParts, type StackParts } from './stack-parts.ts';
import { StartRefusal } from './start-refusal.ts';
import { createUsageCounter } from './usage/usage-counter.ts';

/** The app of this repository at work on this machine. */
export type Stack = RunningPart & {
  /** Base URL of the HTTP API. */
  readonly http: string;
  /** Base URL of the dashboards of the template. */
  readonly dashboards: string;
  /** Base URL for chargers, `ws://…` without a path. */
  readonly chargers: string;
  /** The same with TLS, `wss://…`, and the file with its certificate; undefined where it was not asked for. */
  readonly secureChargers: SecureChargers | undefined;
  /** The local URL of a WebSocket API by the one it has on AWS, `wss://…/stage`; undefined for any other URL. */
  readonly webSocketUrl: (url: string) => string | undefined;
  /** The DynamoDB engine itself, past all policies. */
  readonly dynamodb: string;
  /** Endpoint of Lambda's Invoke call. */
  readonly lambda: string;
  /** Endpoint of the queues. */
  readonly sqs: string;
  readonly deployment: Deployment;
  /** The metrics that AWS keeps by itself, of what this stack did. */
  readonly metrics: MetricStore;
  readonly functions: readonly FunctionSettings[];
  readonly invoke: Invoke;
  /** Ends the busy workers of a function, by ARN, in the middle of their events; gives how many there were. */
  readonly kill: (functionArn: string) => Promise<number>;
  /** Hands out at once the delayed messages of all queues whose body matches; gives how many there were. */
  readonly passDelays: (body: RegExp) => number;
  /** Resolves when no stream record or message is waiting or in work. */
  readonly drained: () => Promise<void>;
  /** Runs every scheduled rule now, as if it were `at`; resolves when all that it called has ended. */
  readonly runSchedules: (at?: Date) => Promise<void>;
  /** The usage counted since the start or the last reset; nothing unless `counting` was requested. */
  readonly usages: () => readonly Usage[];
  readonly resetUsages: () => void;
  /** The actions granted to the functions' roles, and those used so far. */
  readonly grantedActions: () => readonly RoleAction[];
  readonly usedActions: () => readonly RoleAction[];
};

/** The variable by which a function finds the connections of its WebSocket API: the template gives it the URL on AWS. */
const connectionsEndpoint = 'AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI';

/** Starts everything that the template defines; refuses with a `StartRefusal`, and leaves nothing running then. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const parts = collectParts();
  try {
    return await assemble(options, parts);
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

async function assemble(options: StackOptions, parts: StackParts): Promise<Stack> {
  const { dataDirectory, engine: engineName = 'dynoxide', counting = false } = options;
  const progress = options.progress ?? (() => undefined);
  const next = (step: string): void => {
    options.interrupted?.throwIfAborted();
    progress(step);
  };
  const httpPort = await choosePort(options.httpPort ?? 0, 'JOULEGATE_HTTP_PORT');
  const chargerPort = await choosePort(options.chargerPort ?? 0, 'JOULEGATE_CHARGER_PORT');
  const { dashboardPort: wished = 0 } = options;
  const dashboardPort =
    typeof wished === 'number' ? await choosePort(wished, 'JOULEGATE_DASHBOARD_PORT') : wished;
  const chargers = `ws://127.0.0.1:${chargerPort}`;

  next('Reading the template');
  const { deployment, functions } = await deployApp({
    parameters: {
      ChargerUrl: chargers,
      FilesUrl: `http://127.0.0.1:${httpPort}`,
      OcpiUrl: `http://127.0.0.1:${httpPort}`,
      AllowLoopback: options.allowLoopback ? '1' : '',
    },
    ...(options.editStack !== undefined && { editStack: options.editStack }),
    interrupted: options.interrupted,
  });
  const callers = callersOf(functions);
  const { authorize, grantedActions, usedActions } = createAuthorizer(callers);
  const counter = createUsageCounter();
  const metrics = createMetricStore();
  const measure = measuredUsage(deployment, metrics);
  const count = (usage: Usage): void => {
    measure(usage);
    if (counting) counter.count(usage);
  };
  const countCall = (accessKeyId: string, usage: Usage): void => {
    const caller = addresses.get(accessKeyId);
    count(caller === undefined ? usage : { ...usage, caller });
  };
  const addresses = new Map(
    functions.map(({ arn, address }) => [accessKeyOfFunction(arn), address]),
  );
  const perCall = { authorize, ...(counting && { count: countCall }) };

  next(`Starting ${engineName}`);
  const { failed } = options;
  const { engine, tables } = await openDatabase(engineName, deployment, dataDirectory, parts, {
    report: progress,
    ...(failed !== undefined && { failed }),
  });
  const queues = openQueues(deployment, dataDirectory, {
    delayScale: delayScaleOf(options.eventSources),
    report: progress,
    failed: (error) => failed?.(unusableDirectory(dataDirectory, error)),
  });
  const sqs = parts.inside(await startSqsEndpoint({ queues, ...perCall }));
  const kms = parts.inside(
    await startKmsEndpoint({
      deployment,
      dataDirectory,
      authorize,
      count: countCall,
      disturb: disturbance(options.kms, addresses),
    }),
  );
  const s3 = parts.inside(
    await startS3Endpoint({ deployment, dataDirectory, secretKey: functionSecretKey, ...perCall }),
  );
  const disturb = disturbance(options.dynamodb, addresses);
  const inBackground = new Set(
    eventSourceMappingsOf(deployment).map(({ functionArn }) => accessKeyOfFunction(functionArn)),
  );
  const isInBackground = (accessKeyId: string): boolean => inBackground.has(accessKeyId);
  let wake = (_table: string): void => undefined;
  const onWrite = (table: string): void => wake(table);
  let hurry = (): void => undefined;
  const { follow } = parts.inside(watchDatabase({ report: progress, returned: () => hurry() }));
  const dynamodb = parts.inside(
    await startDynamodbEndpoint({
      ...{ engine, tables, onWrite, disturb, follow, isInBackground },
      measure: measuredTables(metrics),
      ...perCall,
    }),
  );

  next('Starting functions, gateways and streams');
  const logs = parts.inside(openLogFiles(deployment, dataDirectory, progress));
  const endpoints: Record<string, string> = {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
    AWS_ENDPOINT_URL_KMS: kms.url,
    AWS_ENDPOINT_URL_S3: s3.url,
    AWS_ENDPOINT_URL_SQS: sqs.url,
  };
  const { workersPerFunction, workerIdleMilliseconds: idleMilliseconds } = options;
  let managementOf = (_url: string): string | undefined => undefined;
  const host = parts.inside(
    startFunctionHost({
      functions,
      authorize,
      count,
      logs,
      endpoints: (environment) => {
        const connections = managementOf(environment[connectionsEndpoint] ?? '');
        return { ...endpoints, ...(connections && { [connectionsEndpoint]: connections }) };
      },
      ...(workersPerFunction !== undefined && { workersPerFunction }),
      ...(idleMilliseconds !== undefined && { idleMilliseconds }),
    }),
  );
  const { kill } = host;
  const invoke = measuredInvoke(host.invoke, metrics);
  let callLater = (_functionArn: string, _event: unknown): void => undefined;
  const lambda = parts.inside(
    await startInvokeEndpoint({
      functions,
      invoke,
      authorize,
      callLater: (functionArn, event) => callLater(functionArn, event),
    }),
  );
  endpoints['AWS_ENDPOINT_URL_LAMBDA'] = lambda.url;
  const context = {
    deployment,
    invoke,
    authorize,
    accessKeyOf: accessKeyOfFunction,
    mayInvoke: createInvokePermissions(deployment),
    writeLog: logs.write,
    count,
    dataDirectory,
  };

  const webSockets = await startWebSocketApis(context, options.webSocket);
  managementOf = webSockets.managementOf;
  parts.inside(webSockets.management);
  for (const api of webSockets.apis) parts.outside(api);

  const sources = await startEventSources({
    ...context,
    engine,
    tables,
    queues,
    options: { report: progress, ...options.eventSources },
  });
  parts.outside(sources);
  wake = sources.wake;
  hurry = sources.hurry;
  const schedules = startSchedules({
    ...context,
    queues,
    ...(options.schedules !== undefined && { options: options.schedules }),
  });
  parts.outside(schedules);
  callLater = schedules.callLater;

  const ports = { plain: chargerPort, secure: options.secureChargerPort };
  const distribution = await startChargerDistribution(context, webSockets.apis, ports);
  parts.outside(distribution);
  const http = await startHttpApi(httpApi(deployment), context, { port: httpPort });
  parts.outside(http);
  const watch = parts.inside(watchQueues(queues, metrics));
  parts.inside(giveBackMemoryAtRest());
  const dashboards = parts.outside(
    await startDashboards({
      deployment,
      invoke,
      store: metrics,
      logPathOf: logs.pathOf,
      now: Date.now,
      port: dashboardPort,
      look: watch.look,
    }),
  );

  return {
    http: http.url,
    dashboards: dashboards.url,
    chargers,
    secureChargers: distribution.secure,
    webSocketUrl: webSockets.urlOf,
    dynamodb: engine.url,
    lambda: lambda.url,
    sqs: sqs.url,
    deployment,
    metrics,
    functions,
    invoke,
    kill,
    passDelays: (body) =>
      [...queues.values()].reduce((sum, queue) => sum + queue.passDelays(body), 0),
    drained: sources.drained,
    runSchedules: schedules.runNow,
    usages: counter.usages,
    resetUsages: counter.reset,
    grantedActions,
    usedActions,
    stop: parts.stop,
  };
}

/** The fate of a call by the access key of its caller, where a test says it by address. */
const disturbance =
  <Fate>(
    options: { readonly disturb?: (operation: string, caller: string | undefined) => Fate } = {},
    addresses: ReadonlyMap<string, string>,
  ) =>
  (operation: string, accessKeyId: string): Fate | undefined =>
    options.disturb?.(operation, addresses.get(accessKeyId));

function httpApi(deployment: Deployment): ReturnType<typeof readApis>[number] {
  const [api, ...others] = readApis(deployment, 'HTTP');
  if (api === undefined || others.length > 0) {
    const amount = others.length === 0 ? 'no' : 'several';
    throw new StartRefusal(
      'UNSUPPORTED_VALUE',
      `The template has ${amount} APIs of the kind HTTP; the runner serves one.`,
    );
  }
  return api;
}
