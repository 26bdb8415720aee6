import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';

/** What the engine answered, as it came. */
export type EngineAnswer = { readonly status: number; readonly body: Buffer };

/** Hands requests on to the engine, over connections that stay open. */
export type EngineForward = {
  readonly send: (headers: IncomingHttpHeaders, body: Buffer) => Promise<EngineAnswer>;
  readonly close: () => void;
};

/** Opens the way to an engine. */
export function forwardToEngine(url: string): EngineForward {
  const secure = url.startsWith('https:');
  const agent = new (secure ? SecureAgent : Agent)({ keepAlive: true });
  const open = secure ? secureRequest : request;
  const send = (headers: IncomingHttpHeaders, body: Buffer) =>
    new Promise<EngineAnswer>((resolve, reject) => {
      const outgoing = open(url, {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'content-length': body.length,
          'x-amz-target': headers['x-amz-target'] ?? '',
          'x-amz-date': headers['x-amz-date'] ?? '',
          authorization: headers.authorization ?? '',
        },
      });
      outgoing.on('error', reject);
      outgoing.on('response', (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 500, body: Buffer.concat(chunks) }),
        );
      });
      outgoing.end(body);
    });
  return { send, close: () => agent.destroy() };
}
