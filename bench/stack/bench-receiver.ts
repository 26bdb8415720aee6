import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A receiver of webhooks on this machine. */
export type BenchReceiver = {
  readonly url: string;
  /** Ids of the events that came. */
  readonly ids: Set<string>;
  readonly stop: () => void;
};

/** Starts a receiver that answers at once, or one that takes every request and never answers. */
export async function startBenchReceiver(
  manner: 'answers' | 'never answers',
): Promise<BenchReceiver> {
  const ids = new Set<string>();
  const server = createServer((request, response) => {
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
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
