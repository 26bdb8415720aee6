import { createServer } from 'node:http';
import type { RunningPart } from '../../runner-interfaces.ts';
import { headersOf, type UpgradeOrigin } from '../arrived-request.ts';
import { listen } from '../listen.ts';

/** The address of a WebSocket API itself, without a distribution in front. */
export type ApiAddress = RunningPart & {
  /** `ws://127.0.0.1:…`, without the stage. */
  readonly url: string;
};

/** Lets clients connect to a WebSocket API itself, on a port of 127.0.0.1 that is free, as its host name does on AWS. */
export async function startApiAddress({ takeUpgrade }: UpgradeOrigin): Promise<ApiAddress> {
  const server = createServer((_request, response) => {
    // A WebSocket API answers nothing but handshakes.
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ message: 'Forbidden' }));
  });
  server.on('upgrade', (incoming, socket, head) => {
    const request = { incoming, target: incoming.url ?? '/', headers: headersOf(incoming) };
    void takeUpgrade(request, socket, head);
  });
  const port = await listen(server, 0);
  return {
    url: `ws://127.0.0.1:${port}`,
    // Open WebSockets are for their API to close.
    stop: () => {
      server.close();
      server.closeAllConnections();
      return Promise.resolve();
    },
  };
}
