import type { Authorize, RunningPart, StackContext } from '../../runner-interfaces.ts';
import { StartRefusal } from '../../start-refusal.ts';
import { readApis } from '../api-definition.ts';
import { startManagementApi } from '../management/start-management-api.ts';
import { type ApiAddress, startApiAddress } from './start-api-address.ts';
import { startWebSocketApi, type WebSocketApi } from './start-websocket-api.ts';
import type { WebSocketOptions } from './websocket-options.ts';

/** All WebSocket APIs of the template, each with its connections, its address and its `@connections` calls. */
export type WebSocketApis = {
  readonly apis: readonly WebSocketApi[];
  /** The local URL of an API by the one it has on AWS, `wss://…/stage`; undefined for any other URL. */
  readonly urlOf: (url: string) => string | undefined;
  /** The local endpoint of the `@connections` calls of an API, by the one it has on AWS, `https://…/stage`. */
  readonly managementOf: (url: string) => string | undefined;
  /** The calls of `@connections`: functions use them until the last has ended. */
  readonly management: RunningPart;
};

/** Starts every WebSocket API; as on AWS, each is one by its host, and knows nothing of the others' connections. */
export async function startWebSocketApis(
  context: StackContext & { readonly authorize: Authorize },
  options?: WebSocketOptions,
): Promise<WebSocketApis> {
  const definitions = readApis(context.deployment, 'WEBSOCKET');
  if (definitions.length === 0) {
    throw new StartRefusal('UNSUPPORTED_VALUE', 'The template has no APIs of the kind WEBSOCKET.');
  }
  const urls = new Map<string, string>();
  const endpoints = new Map<string, string>();
  const apis: WebSocketApi[] = [];
  const managements: RunningPart[] = [];
  for (const definition of definitions) {
    const api = startWebSocketApi(definition, context, options);
    const management = await startManagementApi(api, context.authorize);
    const address = await startApiAddress(api);
    const path = `${api.domainName}/${definition.stage.name}`;
    urls.set(`wss://${path}`, `${address.url}/${definition.stage.name}`);
    endpoints.set(`https://${path}`, management.url);
    apis.push(withAddress(api, address));
    managements.push(management);
  }
  return {
    apis,
    urlOf: (url) => urls.get(url),
    managementOf: (url) => endpoints.get(url),
    management: {
      stop: async () => {
        await Promise.all(managements.map(({ stop }) => stop()));
      },
    },
  };
}

const withAddress = (api: WebSocketApi, address: ApiAddress): WebSocketApi => ({
  ...api,
  stop: async () => {
    await address.stop();
    await api.stop();
  },
});
