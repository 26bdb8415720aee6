import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a receiver got. */
export type Received = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** An integrator's server: keeps what it gets, and answers with the status that is wanted of it. */
export type Receiver = {
  readonly url: string;
  readonly received: readonly Received[];
  /** The types of the events that it has got, in the order of their arrival. */
  readonly types: () => readonly string[];
  readonly stop: () => void;
};

/** Starts a receiver on this machine; `statusOf` gives the answer to the n-th request, undefined to leave it without one. */
export async function startReceiver(
  statusOf: (n: number) => number | undefined = () => 204,
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      received.push({ headers, body: Buffer.concat(chunks).toString('utf8') });
      const status = statusOf(received.length);
      if (status !== undefined) response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/events`,
    received,
    types: () => received.map(({ body }) => String(JSON.parse(body).type)),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
