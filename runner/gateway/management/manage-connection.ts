import type { Connection } from '../websocket/connection.ts';
import type { Connections } from '../websocket/connections.ts';
import type { ManagementAnswer } from './management-answer.ts';

/** One call about one connection. */
export type ConnectionCall = {
  readonly method: string;
  readonly connectionId: string;
  /** Undefined when it is over 128 KB. */
  readonly body: Buffer | undefined;
};

const gone: ManagementAnswer = { status: 410, errorType: 'GoneException', body: undefined };

/** Writes to a connection, looks at it or closes it; what is unknown, closed or not open yet is gone. */
export async function manageConnection(
  connections: Connections,
  { method, connectionId, body }: ConnectionCall,
): Promise<ManagementAnswer> {
  if (body === undefined) {
    const message = 'The message is over 128 KB';
    return { status: 413, errorType: 'PayloadTooLargeException', body: { message } };
  }
  const connection = connections.find(connectionId);
  if (connection === undefined) {
    return gone;
  }
  switch (method) {
    case 'GET':
      return { status: 200, body: describe(connection) };
    case 'DELETE':
      connections.end(connection, { code: 1000, reason: 'Connection Closed Normally' });
      return { status: 204 };
    default:
      return await post(connections, connection, body.toString('utf8'));
  }
}

async function post(
  connections: Connections,
  connection: Connection,
  text: string,
): Promise<ManagementAnswer> {
  if (connections.isFull(connection)) {
    return { status: 429, errorType: 'LimitExceededException' };
  }
  const sent = await connections.send(connection, text);
  return sent === 'sent' ? { status: 200 } : gone;
}

function describe({ connectedAt, lastActiveAt, sourceIp, userAgent }: Connection): unknown {
  return {
    connectedAt: new Date(connectedAt).toISOString(),
    identity: { sourceIp, userAgent: userAgent ?? '' },
    lastActiveAt: new Date(lastActiveAt).toISOString(),
  };
}
