import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { AccessLog } from '../access-log.ts';
import type { PendingWork } from '../pending-work.ts';
import type { RouteThrottle } from '../throttle.ts';
import { answerMessage, gatewayFrame, type MessageRoute } from './answer-message.ts';
import type { Connection, ConnectionEnd } from './connection.ts';
import { type ConnectionClock, startConnectionClock } from './connection-clock.ts';
import type { Connections } from './connections.ts';
import { type FrameGuard, guardFrames } from './frame-guard.ts';
import { webSocketLimits } from './limits.ts';
import type { SelectRoute } from './route-selector.ts';
import type { ConnectionUsage } from './usage-of-connections.ts';
import type { EventMaker, RequestContext } from './websocket-event.ts';
import { logEvent } from './websocket-log.ts';
import type { DeliverMessage } from './websocket-options.ts';

/** The parts that serve the open connections of an API. */
export type ConnectionService = {
  readonly connections: Connections;
  readonly routes: ReadonlyMap<string, MessageRoute>;
  readonly selectRoute: SelectRoute;
  readonly events: EventMaker;
  readonly throttle: RouteThrottle;
  readonly log: AccessLog;
  readonly usage: ConnectionUsage;
  readonly pending: PendingWork;
  readonly clock: ConnectionClock;
  readonly deliverMessage: DeliverMessage;
  /** While everything stops no message is begun: the client sends it again where it gets no answer. */
  readonly isStopping: () => boolean;
  readonly ended: (connection: Connection, end: ConnectionEnd) => void;
};

// Messages of one client that may be in work: a client that sends faster is read no further meanwhile.
const inWorkLimit = 128;

/** Serves a connection from its first message to its end. */
export function serveConnection(
  connection: Connection,
  webSocket: WebSocket,
  socket: Duplex,
  service: ConnectionService,
): void {
  const { connections, usage } = service;
  connection.socket = webSocket;
  connection.lastActiveAt = Date.now();
  connections.open(connection);
  const stopClock = startConnectionClock(connection, service.clock, () =>
    connections.end(connection, { code: 1001, reason: 'Going away' }),
  );
  const guard = guardFrames(socket, webSocketLimits.frameBytes, () =>
    connections.end(connection, { code: 1009, reason: 'Frame is over 32 KB' }),
  );
  // The library closes by itself what breaks the protocol, or is over 128 KB (1009).
  webSocket.on('error', () => connections.forget(connection));
  webSocket.on('message', createReceiver(connection, webSocket, guard, service));
  webSocket.on('close', (code, reason) => {
    stopClock();
    connections.forget(connection);
    usage.connected(Date.now() - connection.connectedAt);
    service.ended(connection, connection.closedWith ?? { code, reason: reason.toString('utf8') });
  });
}

function createReceiver(
  connection: Connection,
  webSocket: WebSocket,
  guard: FrameGuard,
  service: ConnectionService,
): (data: RawData, isBinary: boolean) => void {
  let inWork = 0;
  let received = 0;
  const done = (): void => {
    inWork -= 1;
    if (webSocket.isPaused) {
      webSocket.resume();
    }
  };
  return (data, isBinary) => {
    const isServed = connection.socket !== undefined && !service.isStopping();
    const isAllowed = guard(received);
    received += 1;
    if (!isServed || !isAllowed || !Buffer.isBuffer(data)) {
      return;
    }
    if (isBinary) {
      const reason = 'Binary messages are not supported';
      service.connections.end(connection, { code: 1003, reason });
      return;
    }
    connection.lastActiveAt = Date.now();
    service.usage.messageIn(data.length);
    inWork += 1;
    if (inWork >= inWorkLimit) {
      webSocket.pause();
    }
    service.pending.add(receive(connection, data.toString('utf8'), service).finally(done));
  };
}

async function receive(
  connection: Connection,
  body: string,
  service: ConnectionService,
): Promise<void> {
  const { connections, events, log } = service;
  const key = service.selectRoute(body);
  const context = events.message(connection, key ?? '$default');
  const route = key === undefined ? undefined : service.routes.get(key);
  const refusal = refusalOf(route, service.throttle(key, context.requestTimeEpoch));
  if (route === undefined || refusal !== undefined) {
    const { status, message } = refusal ?? forbidden;
    service.usage.error('Client');
    logEvent(log, context, { status });
    await connections.send(connection, gatewayFrame(message, context));
    return;
  }
  await runRoute(connection, route, context, body, service);
}

const forbidden = { status: 403, message: 'Forbidden' } as const;

function refusalOf(
  route: MessageRoute | undefined,
  passes: boolean,
): { readonly status: number; readonly message: string } | undefined {
  if (!passes) {
    return { status: 429, message: 'Too Many Requests' };
  }
  return route === undefined ? forbidden : undefined;
}

async function runRoute(
  connection: Connection,
  route: MessageRoute,
  context: RequestContext,
  body: string,
  { connections, deliverMessage, log, usage }: ConnectionService,
): Promise<void> {
  const event = { requestContext: context, body, isBase64Encoded: false };
  const outcome = await deliverMessage(() => route.integration(event), event);
  const answer = answerMessage(outcome, route, context);
  if (answer.integrationError !== undefined) usage.error('Execution');
  else if (answer.status >= 400) usage.error('Integration');
  logEvent(log, context, answer);
  if (answer.text !== undefined) {
    await connections.send(connection, answer.text);
  }
}
