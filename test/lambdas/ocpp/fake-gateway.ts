import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The services around the handlers of a connection: the gateway that closes connections, and the queue of commands. */
export type FakeGateway = {
  readonly url: string;
  /** The connections that were closed, by id. */
  readonly closed: string[];
  /** The messages that the queue took, in order. */
  readonly queued: string[];
  readonly stop: () => void;
};

/** Starts them on a free port. */
export async function startFakeGateway(): Promise<FakeGateway> {
  const closed: string[] = [];
  const queued: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (request.method === 'DELETE') {
        closed.push(decodeURIComponent(request.url?.split('/').at(-1) ?? ''));
        response.writeHead(204).end();
        return;
      }
      const message = String(JSON.parse(body).MessageBody);
      queued.push(message);
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      const digest = createHash('md5').update(message).digest('hex');
      response.end(JSON.stringify({ MessageId: randomUUID(), MD5OfMessageBody: digest }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, closed, queued, stop: () => server.close() };
}
