import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { AccessLog } from '../access-log.ts';
import { sourceIpOf, type TakeUpgrade } from '../arrived-request.ts';
import type { RouteThrottle } from '../throttle.ts';
import { createAcceptSocket } from './accept-socket.ts';
import { type Connection, type ConnectionEnd, newConnection } from './connection.ts';
import {
  decideHandshake,
  type HandshakeDeciders,
  type HandshakeDecision,
  type HandshakeRefusal,
} from './decide-handshake.ts';
import { refuseHandshake } from './refuse-handshake.ts';
import type { ConnectionUsage } from './usage-of-connections.ts';
import type { EventMaker, RequestContext } from './websocket-event.ts';
import { logEvent } from './websocket-log.ts';

/** The parts a handshake needs. */
export type HandshakeService = {
  readonly deciders: HandshakeDeciders;
  readonly events: EventMaker;
  readonly log: AccessLog;
  readonly throttle: RouteThrottle;
  readonly usage: ConnectionUsage;
  readonly isStopping: () => boolean;
  /** A connection is let in; from here on its messages are served. */
  readonly serve: (connection: Connection, webSocket: WebSocket, socket: Duplex) => void;
  /** A client went away while it was let in. */
  readonly ended: (connection: Connection, end: ConnectionEnd) => void;
};

/** Takes handshakes over: asks who decides, and answers with a WebSocket or with an HTTP status. */
export function createHandshakeTaker(service: HandshakeService): TakeUpgrade {
  const acceptSocket = createAcceptSocket();
  return async (request, socket, head) => {
    // A client that breaks off is seen when its socket is used next.
    socket.on('error', () => socket.destroy());
    const { incoming } = request;
    const connection = newConnection(sourceIpOf(incoming), incoming.headers['user-agent']);
    const context = service.events.connect(connection);
    const decision =
      earlyRefusal(service) ??
      (await decideHandshake(request, connection, context, service.deciders));
    countHandshake(service.usage, decision);
    if (decision.kind === 'refused') {
      logRefusal(service.log, context, decision);
      const refused = { status: decision.status, body: refusalBody(decision, context) };
      refuseHandshake(socket, refused.status, refused.body);
      return refused;
    }
    logEvent(service.log, context, { status: 200 });
    const { subprotocol } = decision;
    const serve = (webSocket: WebSocket): void => service.serve(connection, webSocket, socket);
    if (!acceptSocket({ incoming, socket, head, subprotocol, serve })) {
      service.ended(connection, { code: 1006, reason: '' });
    }
    return undefined;
  };
}

/** Counts a handshake as API Gateway does; one whose authorizer gave no answer is among the errors of that function. */
function countHandshake(usage: ConnectionUsage, decision: HandshakeDecision): void {
  if (decision.kind === 'accepted' || decision.by === 'connect') usage.handshake();
  if (decision.kind === 'accepted') return;
  if (decision.integrationError !== undefined) usage.error('Execution');
  else if (decision.by === 'connect') usage.error('Integration');
  else if (decision.status < 500) usage.error('Client');
}

function earlyRefusal({ isStopping, throttle }: HandshakeService): HandshakeRefusal | undefined {
  if (isStopping()) {
    return { kind: 'refused', by: 'gateway', status: 503, message: 'Service Unavailable' };
  }
  return throttle('$connect', Date.now())
    ? undefined
    : { kind: 'refused', by: 'gateway', status: 429, message: 'Too Many Requests' };
}

function refusalBody({ message }: HandshakeRefusal, context: RequestContext): string {
  const { requestId } = context;
  return message === undefined
    ? ''
    : JSON.stringify({ message, connectionId: context['connectionId'], requestId });
}

function logRefusal(log: AccessLog, context: RequestContext, refusal: HandshakeRefusal): void {
  const { status, authorizerError, integrationError } = refusal;
  logEvent(log, context, {
    status,
    ...(authorizerError === undefined ? {} : { authorizerError }),
    ...(integrationError === undefined ? {} : { integrationError }),
  });
}
