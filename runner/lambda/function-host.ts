import { availableParallelism } from 'node:os';
import type { LogFiles } from '../logs/log-files.ts';
import type { Authorize, Count, Invoke, RunningPart } from '../runner-interfaces.ts';
import { cloudLocation } from '../template/cloud-location.ts';
import { uniqueId } from '../template/unique-id.ts';
import { accessKeyOfFunction, functionSecretKey } from './function-identity.ts';
import { createFunctionPool, type FunctionPool } from './function-pool.ts';
import type { FunctionSettings } from './function-settings.ts';
import { startFunctionWorker } from './function-worker.ts';

/** The environment the functions run in. */
export type FunctionHostOptions = {
  readonly functions: readonly FunctionSettings[];
  readonly authorize: Authorize;
  readonly count: Count;
  readonly logs: LogFiles;
  /** `AWS_ENDPOINT_URL_…` of the services here, for a function with this environment; asked for whenever a worker starts, when all of them are known. */
  readonly endpoints: (
    environment: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>;
  /** Workers of one function that compute at once; as many as there are cores, but two, unless given. Reserved concurrency may make it fewer. */
  readonly workersPerFunction?: number;
  /** How long a worker waits for its next event before it ends, in milliseconds; a minute unless given. */
  readonly idleMilliseconds?: number;
};

/** All functions of the deployment. */
export type FunctionHost = RunningPart & {
  readonly invoke: Invoke;
  /** Ends all busy workers of a function in the middle of their events, as a crash would. */
  readonly kill: (functionArn: string) => Promise<number>;
};

/** How long a stop waits for events in work. */
const stopPatienceMilliseconds = 2_000;

/** Workers of one function at most, those that wait included: on AWS 1,000 of all functions, here bounded by the memory of a laptop. */
const mostWorkers = 20;

/** Payloads of synchronous calls: 6 MB, both ways. */
const payloadLimitBytes = 6 * 1024 * 1024;

/** Makes all functions callable; none is loaded before its first event. */
export function startFunctionHost(options: FunctionHostOptions): FunctionHost {
  // As on Lambda. Threads take the time zone of their process when they start.
  process.env['TZ'] = 'UTC';
  const pools = new Map(
    options.functions.map((settings) => [settings.arn, poolFor(settings, options)]),
  );
  const poolOf = (functionArn: string): FunctionPool => {
    const pool = pools.get(functionArn);
    if (pool === undefined) {
      throw new Error(`No function has the ARN ${functionArn}.`);
    }
    return pool;
  };
  return {
    invoke: async (functionArn, event) => {
      const payload = JSON.stringify(event);
      if (payload.length > payloadLimitBytes) {
        return {
          kind: 'failed',
          errorType: 'RequestEntityTooLargeException',
          errorMessage: `Request must be smaller than ${payloadLimitBytes} bytes`,
        };
      }
      return await poolOf(functionArn).handle(payload);
    },
    kill: (functionArn) => poolOf(functionArn).kill(),
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.stop(stopPatienceMilliseconds)));
    },
  };
}

function poolFor(settings: FunctionSettings, options: FunctionHostOptions): FunctionPool {
  const { address, memoryMegabytes, timeoutSeconds, reservedConcurrency } = settings;
  const { workersPerFunction = Math.max(2, availableParallelism()) } = options;
  let instances = 0;
  const limit = Math.min(workersPerFunction, reservedConcurrency ?? workersPerFunction);
  return createFunctionPool({
    timeoutSeconds,
    limit,
    most: Math.max(limit, Math.min(mostWorkers, reservedConcurrency ?? mostWorkers)),
    strict: reservedConcurrency !== undefined && reservedConcurrency <= workersPerFunction,
    idleMilliseconds: options.idleMilliseconds ?? 60_000,
    startWorker: (listener) => {
      instances += 1;
      const logStreamName = `[$LATEST]${uniqueId(`${settings.arn} ${instances} ${Date.now()}`)}`;
      const { name, arn, modulePath, exportName, logGroupName } = settings;
      const logFile = logFileFor(settings, logStreamName, options);
      return startFunctionWorker(
        {
          modulePath,
          exportName,
          functionName: name,
          functionArn: arn,
          memoryMegabytes,
          logGroupName,
          logStreamName,
          logFile,
        },
        {
          ...settings.environment,
          ...identity(settings, logStreamName),
          ...options.endpoints(settings.environment),
        },
        listener,
        (reason) => options.logs.failed(logFile ?? '', reason),
      );
    },
    handled: (milliseconds, logBytes) => {
      options.count({
        service: 'lambda',
        operation: 'Invoke',
        caller: address,
        units: { request: 1, milliseconds, megabyteMilliseconds: milliseconds * memoryMegabytes },
      });
      if (logBytes > 0) {
        const units = { bytes: logBytes };
        options.count({ service: 'logs', operation: 'PutLogEvents', caller: address, units });
      }
    },
  });
}

function identity({ arn }: FunctionSettings, logStreamName: string): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyOfFunction(arn),
    AWS_SECRET_ACCESS_KEY: functionSecretKey,
    AWS_REGION: cloudLocation.region,
    AWS_DEFAULT_REGION: cloudLocation.region,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
  };
}

/** A function without the right to write its log runs, and leaves none: so it is on AWS. */
function logFileFor(
  { arn, logGroupName }: FunctionSettings,
  logStreamName: string,
  { authorize, logs }: FunctionHostOptions,
): string | undefined {
  const { region, account } = cloudLocation;
  const group = `arn:aws:logs:${region}:${account}:log-group:${logGroupName}`;
  const may = (action: string, resource: string): boolean =>
    authorize(accessKeyOfFunction(arn), action, resource).allowed;
  const exists = logs.has(logGroupName) || may('logs:CreateLogGroup', group);
  const writable =
    exists &&
    may('logs:CreateLogStream', `${group}:log-stream:${logStreamName}`) &&
    may('logs:PutLogEvents', `${group}:log-stream:${logStreamName}`);
  return writable ? logs.pathOf(logGroupName) : undefined;
}
