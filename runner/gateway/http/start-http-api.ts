import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { RunningPart, StackContext } from '../../runner-interfaces.ts';
import { openAccessLog } from '../access-log.ts';
import type { ApiDefinition } from '../api-definition.ts';
import { executeApiArn } from '../api-domain.ts';
import { createIntegration } from '../integration.ts';
import { listen } from '../listen.ts';
import { createPendingWork } from '../pending-work.ts';
import { createRouteThrottle } from '../throttle.ts';
import { answerRequest, type HttpRoute, type HttpService, routeRequest } from './answer-request.ts';
import type { HttpAnswer } from './http-answer.ts';
import { logRequest } from './http-log.ts';
import { createRouteMatcher } from './match-route.ts';

/** An HTTP API of the template, listening. */
export type HttpApi = RunningPart & { readonly url: string };

/** The parts an HTTP API needs. */
export type HttpApiOptions = {
  /** On 127.0.0.1; 0 asks for a port that is free. */
  readonly port: number;
  /** An upper bound for all integrations: 30 seconds on AWS. */
  readonly integrationMilliseconds?: number;
};

const longestIntegration = 30_000;
/** Milliseconds that a stop waits for requests in work. */
const stopPatience = 2_000;

/** Starts an HTTP API; refuses with `PORT_IN_USE`. */
export async function startHttpApi(
  api: ApiDefinition,
  context: StackContext,
  options: HttpApiOptions,
): Promise<HttpApi> {
  const log = openAccessLog(api.stage.accessLog, context.writeLog);
  const pending = createPendingWork();
  const arriving = new Set<IncomingMessage>();

  const service: HttpService = {
    api,
    matchRoute: createRouteMatcher(routesOf(api, context, options)),
    throttle: createRouteThrottle(api.stage.throttle, api.stage.routeThrottles),
    count: context.count,
  };

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    const routed = routeRequest(incoming, service);
    arriving.add(incoming);
    try {
      const answer = await answerRequest(routed, service);
      send(response, incoming.method === 'HEAD', answer, routed.requestContext.requestId);
      const latency = performance.now() - startedAt;
      for (const operation of outcomesOf(answer)) {
        context.count({ ...free, operation, caller: api.address, units: {} });
      }
      context.count({ ...free, operation: 'HttpAnswer', caller: api.address, units: { latency } });
      logRequest(log, routed.requestContext, answer, latency);
    } catch {
      // The client went away in the middle of its request.
      response.destroy();
    } finally {
      arriving.delete(incoming);
    }
  };

  const server = createServer((incoming, response) => pending.add(serve(incoming, response)));
  const port = await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      // The rest of a body may never come, and nobody has an answer for its beginning.
      for (const incoming of arriving) if (!incoming.complete) incoming.destroy();
      await pending.drained(stopPatience);
      server.closeAllConnections();
      await closed;
      log.flush();
    },
  };
}

/** A usage that AWS takes nothing for, and has a metric of. */
const free = { service: 'apigateway' } as const;

/** How a request is counted that was refused, or ended with an error of ours. */
function outcomesOf({ status }: HttpAnswer): readonly string[] {
  if (status >= 500) return ['HttpFailure'];
  return status >= 400 ? ['HttpRefusal'] : [];
}

function routesOf(
  api: ApiDefinition,
  { invoke, mayInvoke }: StackContext,
  { integrationMilliseconds = longestIntegration }: HttpApiOptions,
): readonly HttpRoute[] {
  return api.routes.map((route) => ({
    ...route,
    integration: createIntegration({
      invoke,
      mayInvoke,
      functionArn: route.functionArn,
      sourceArn: executeApiArn(api.apiId, `${api.stage.name}/${route.key.replace(' ', '')}`),
      timeoutMilliseconds: Math.min(
        route.timeoutMilliseconds ?? integrationMilliseconds,
        integrationMilliseconds,
      ),
    }),
  }));
}

function send(
  response: ServerResponse,
  isHead: boolean,
  { status, headers, cookies, body }: HttpAnswer,
  requestId: string,
): void {
  response.writeHead(status, {
    ...headers,
    ...(cookies.length === 0 ? {} : { 'set-cookie': [...cookies] }),
    'apigw-requestid': requestId,
    'content-length': body.length,
  });
  response.end(isHead ? undefined : body);
}
