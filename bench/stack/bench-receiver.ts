import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A receiver of webhooks on this machine. */
export type BenchReceiver = {
  readonly url: string;
  /** Ids of the events that came. */
  readonly ids: Set<string>;
  /** Requests that it got. */
  readonly requests: () => number;
  /** How long all of its requests together were open, s: each took a place of a function for so long. */
  readonly openSeconds: () => number;
  readonly stop: () => void;
};

/** Starts a receiver that answers at once, or one that takes every request and never answers. */
export async function startBenchReceiver(
  manner: 'answers' | 'never answers',
): Promise<BenchReceiver> {
  const ids = new Set<string>();
  let requests = 0;
  let openMilliseconds = 0;
  const server = createServer((request, response) => {
    const began = performance.now();
    requests += 1;
    response.on('close', () => {
      openMilliseconds += performance.now() - began;
    });
    request.resume().on('end', () => {
      ids.add(String(request.headers['webhook-id']));
      if (manner === 'answers') response.writeHead(204).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    ids,
    requests: () => requests,
    openSeconds: () => openMilliseconds / 1000,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
