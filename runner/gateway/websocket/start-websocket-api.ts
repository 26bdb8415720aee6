import type { Duplex } from 'node:stream';
import type { RunningPart, StackContext } from '../../runner-interfaces.ts';
import { openAccessLog } from '../access-log.ts';
import type { ApiDefinition } from '../api-definition.ts';
import { domainNameOf } from '../api-domain.ts';
import type { UpgradeOrigin } from '../arrived-request.ts';
import { failureOf } from '../integration.ts';
import { createPendingWork } from '../pending-work.ts';
import { createRouteThrottle } from '../throttle.ts';
import type { Connection, ConnectionEnd } from './connection.ts';
import { type Connections, createConnections } from './connections.ts';
import { createIntegrations } from './integrations.ts';
import { webSocketLimits } from './limits.ts';
import { createRouteSelector } from './route-selector.ts';
import { type ConnectionService, serveConnection } from './serve-connection.ts';
import { createHandshakeTaker } from './take-handshake.ts';
import { createConnectionUsage } from './usage-of-connections.ts';
import { createEventMaker } from './websocket-event.ts';
import { logEvent } from './websocket-log.ts';
import type { WebSocketOptions } from './websocket-options.ts';

/** A WebSocket API of the template, ready to take over handshakes. */
export type WebSocketApi = RunningPart &
  UpgradeOrigin & {
    readonly api: ApiDefinition;
    readonly connections: Connections;
  };

// Milliseconds, of the five seconds that a stop of everything may take.
const patience = { messages: 1_500, closing: 500, disconnects: 1_000 } as const;

/** Starts a WebSocket API; it listens on no port of its own. */
export function startWebSocketApi(
  api: ApiDefinition,
  context: StackContext,
  options: WebSocketOptions = {},
): WebSocketApi {
  const { handshake, routes } = createIntegrations(api, context, options);
  const usage = createConnectionUsage(context.count, api.address);
  const connections = createConnections(usage.messageOut);
  const events = createEventMaker(api);
  const log = openAccessLog(api.stage.accessLog, context.writeLog);
  const throttle = createRouteThrottle(api.stage.throttle, api.stage.routeThrottles);
  const messages = createPendingWork();
  const sockets = new Set<Duplex>();
  const closings = createPendingWork();
  const disconnects = createPendingWork();
  const deliverDisconnect = options.deliverDisconnect ?? ((run) => run());
  let stopping = false;

  const ended = (connection: Connection, end: ConnectionEnd): void => {
    const requestContext = events.disconnect(connection, end);
    const run = async (): Promise<void> => {
      const disconnect = routes.get('$disconnect');
      const outcome = await disconnect?.integration({ requestContext, isBase64Encoded: false });
      const hasFailed = outcome !== undefined && outcome.kind !== 'returned';
      logEvent(log, requestContext, {
        status: hasFailed ? 500 : 200,
        ...(hasFailed && { integrationError: failureOf(outcome) }),
      });
    };
    disconnects.add(deliverDisconnect(run));
  };

  const service: ConnectionService = {
    connections,
    routes,
    selectRoute: createRouteSelector(api),
    events,
    throttle,
    log,
    usage,
    pending: messages,
    clock: clockOf(options),
    deliverMessage: options.deliverMessage ?? ((run) => run()),
    isStopping: () => stopping,
    ended,
  };

  const stop = async (): Promise<void> => {
    stopping = true;
    await messages.drained(patience.messages);
    for (const connection of connections.all()) {
      connections.end(connection, { code: 1001, reason: 'Going away' });
    }
    await closings.drained(patience.closing);
    for (const socket of sockets) {
      socket.destroy();
    }
    await disconnects.drained(patience.disconnects);
    log.flush();
  };

  return {
    api,
    connections,
    domainName: domainNameOf(api.apiId),
    takeUpgrade: createHandshakeTaker({
      deciders: handshake,
      events,
      log,
      throttle,
      usage,
      isStopping: service.isStopping,
      serve: (connection, webSocket, socket) => {
        sockets.add(socket);
        closings.add(closed(socket).then(() => sockets.delete(socket)));
        serveConnection(connection, webSocket, socket, service);
      },
      ended,
    }),
    stop,
  };
}

/** A charger that loses its power resets its connection: an error, and a close like any other. */
function closed(socket: Duplex): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
  });
}

function clockOf(options: WebSocketOptions): ConnectionService['clock'] {
  const { idleMilliseconds, connectionMilliseconds } = webSocketLimits;
  return {
    idleMilliseconds: options.idleMilliseconds ?? idleMilliseconds,
    connectionMilliseconds: options.connectionMilliseconds ?? connectionMilliseconds,
  };
}
