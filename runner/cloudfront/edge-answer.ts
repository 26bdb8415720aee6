import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Header } from '../gateway/arrived-request.ts';
import type { JsonObject } from '../template/json-object.ts';
import { bodyOf, pairsOf } from './edge-event.ts';

/** An answer of the edge itself, or of the function in front of a distribution. */
export type EdgeAnswer = {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Buffer;
};

/** An answer of the edge itself, with the reason as its text. */
export function edgeAnswer(status: number, reason = STATUS_CODES[status] ?? ''): EdgeAnswer {
  return { status, headers: [['content-type', 'text/plain']], body: Buffer.from(reason) };
}

/** The answer that a function made. */
export function functionAnswer(status: number, response: JsonObject): EdgeAnswer {
  return { status, headers: pairsOf(response['headers']), body: bodyOf(response) };
}

/** Answers a plain request. */
export function sendAnswer(response: ServerResponse, { status, headers, body }: EdgeAnswer): void {
  response.writeHead(status, headers.flat());
  response.end(body);
}

/** Answers a handshake that comes to nothing, and closes its socket. */
export function sendAnswerToSocket(socket: Duplex, { status, headers, body }: EdgeAnswer): void {
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${body.length}`,
    'Connection: close',
  ];
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.end(body);
}
