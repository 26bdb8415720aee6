import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventSourceOptions } from '../../runner/event-source/event-source-options.ts';
import type { StackOptions } from '../../runner/stack-options.ts';
import { type Service, startService } from '../../runner/start-service.ts';
import type { Flow } from './flow.ts';
import { type OperatorClient, operatorClient } from './operator-client.ts';

/** A running stack of the tests, with its inside. */
export type RunningFlow = Flow & {
  readonly service: Service;
  readonly dataDirectory: string;
  readonly stop: () => Promise<void>;
};

/** A charger has its half minute to answer a command, also on a busy machine; other delays pass ten times as fast. */
export const withDeadlines: EventSourceOptions = {
  windowScale: 0.1,
  wholeDelays: /"kind":"deadline"/,
};

/**
 * Starts the stack in a data directory of its own, on free ports and on the engine of `JOULEGATE_DYNAMODB`, without
 * batching windows and delays so that nothing waits without need.
 */
export const startFlow = async (options: Partial<StackOptions> = {}): Promise<RunningFlow> => {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'joulegate-flow-'));
  const gateway: Flow['gateway'] = { keepsContext: true, receivedAt: undefined };
  const database: Flow['database'] = { failsFor: undefined, refused: [] };
  const keys: Flow['keys'] = { throttlesFor: undefined, refused: 0 };
  const service = await startService({
    engine: process.env['JOULEGATE_DYNAMODB'] ?? 'dynoxide',
    ...options,
    dataDirectory,
    dynamodb: {
      disturb: (operation, address = '') => {
        const fate = database.throttlesFor?.test(`${operation} ${address}`) ? 'throttle' : 'fail';
        if (fate === 'fail' && database.failsFor?.test(address) !== true) {
          return options.dynamodb?.disturb?.(operation, address);
        }
        database.refused.push(address);
        return fate;
      },
    },
    kms: {
      disturb: (_, address = '') => {
        if (keys.throttlesFor?.test(address) !== true) return undefined;
        keys.refused += 1;
        return 'throttle';
      },
    },
    eventSources: { windowScale: 0, backoffScale: 0.01, ...options.eventSources },
    webSocket: {
      deliverMessage: (run, event) => {
        const { requestContext } = event as MessageEvent;
        if (!gateway.keepsContext) delete requestContext.authorizer;
        if (gateway.receivedAt !== undefined) requestContext.requestTimeEpoch = gateway.receivedAt;
        return run();
      },
      ...options.webSocket,
    },
  });
  const { stack, ready } = service;
  const operator = operatorClient(ready.http, ready.apiKey);
  await leaveSettingsAlone(operator);
  return {
    service,
    dataDirectory,
    http: ready.http,
    chargers: ready.chargers,
    operator,
    newOperator: async (name) => {
      const { operatorId, apiKey } = await invokeOperators(service, { name });
      const client = operatorClient(ready.http, apiKey);
      await leaveSettingsAlone(client);
      return { operatorId, apiKey, ...client };
    },
    newKey: async (operatorId) => {
      const { apiKey } = await invokeOperators(service, { operatorId, keyName: 'Found again' });
      return operatorClient(ready.http, apiKey);
    },
    drained: stack.drained,
    passDeadlines: () => {
      stack.passDelays(/"kind":"deadline"/);
    },
    gateway,
    database,
    keys,
    stop: async () => {
      await service.stop();
      if (options.dataDirectory === undefined) rmSync(dataDirectory, { recursive: true });
    },
  };
};

/** Most chargers of these tests are sockets that answer no question: those of the tests about settings are asked. */
const leaveSettingsAlone = async (operator: OperatorClient): Promise<void> => {
  await operator.put('/settings/configuration', { useDefaults: false });
};

type MessageEvent = {
  readonly requestContext: { authorizer?: unknown; requestTimeEpoch: number };
};

/** Makes an operator or a key of one as the CLI does: by the operators function. */
const invokeOperators = async (
  { stack, ready }: Service,
  request: object,
): Promise<{ readonly operatorId: string; readonly apiKey: string }> => {
  const made = stack.functions.find((one) => one.name === ready.operatorsFunction);
  const invocation = await stack.invoke(made?.arn ?? '', request);
  if (invocation.kind !== 'returned') throw new Error(JSON.stringify(invocation));
  return invocation.payload as { operatorId: string; apiKey: string };
};
