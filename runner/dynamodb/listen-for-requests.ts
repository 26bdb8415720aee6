import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Endpoint } from '../aws-json/start-json-endpoint.ts';
import type { EngineAnswer } from './forward-to-engine.ts';
import { createMessageReader, type HttpMessage } from './http-message.ts';

/** Listens on a free port of 127.0.0.1 for requests in AWS JSON and answers those of each connection in their order. */
export async function listenForRequests(
  serve: (request: HttpMessage) => Promise<EngineAnswer>,
): Promise<Endpoint> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    let last = Promise.resolve();
    const read = createMessageReader((request) => {
      last = last.then(async () => respond(socket, await serve(request)));
    });
    socket.on('data', (chunk: Buffer) => {
      try {
        read(chunk);
      } catch {
        socket.destroy();
      }
    });
    // A function that gives a request up closes its connection.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}

/** Only the status counts: its reason phrase is read by nobody. */
function respond(socket: Socket, { status, body }: EngineAnswer): void {
  if (socket.destroyed) return;
  const head = `HTTP/1.1 ${status} ${status === 200 ? 'OK' : 'Error'}\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: ${body.length}\r\n\r\n`;
  socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body]));
}
