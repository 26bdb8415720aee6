import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { createMessageReader, type HttpMessage, headerReader } from './http-message.ts';

/** The engine's answer, unchanged. */
export type EngineAnswer = { readonly status: number; readonly body: Buffer };

/** The headers of a request to the engine: AWS's name of the operation and a well-formed signature. */
export type EngineHeaders = Readonly<
  Record<'x-amz-target' | 'x-amz-date' | 'authorization', string>
>;

/** Hands requests on to the engine, over connections that stay open. */
export type EngineForward = {
  readonly send: (headers: EngineHeaders, body: Buffer) => Promise<EngineAnswer>;
  readonly close: () => void;
};

type Waiting = {
  readonly resolve: (answer: EngineAnswer) => void;
  readonly reject: (error: Error) => void;
};

/** A connection to the engine, which has one request in work or none. */
type Line = { readonly socket: Socket; waiting: Waiting | undefined; idleSince: number };

/** A connection that was idle for this long, in ms, is not used again: the engine may be about to close it. */
const mostIdle = 4_000;

const connectionOf = headerReader('connection');

/** Opens the way to an engine. */
export function forwardToEngine(url: string): EngineForward {
  const { protocol, hostname, port, host, pathname } = new URL(url);
  const isTls = protocol === 'https:';
  const place = { host: hostname, port: Number(port || (isTls ? 443 : 80)), noDelay: true };
  const lines = new Set<Line>();
  const idle: Line[] = [];
  let isClosed = false;
  const firstLines = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/x-amz-json-1.0\r\n`;

  const open = (): Line => {
    const socket = isTls ? connectTls({ ...place, servername: hostname }) : connectTcp(place);
    const line: Line = { socket, waiting: undefined, idleSince: 0 };
    let failure = new Error('The engine has closed the connection');
    lines.add(line);
    const read = createMessageReader((message) => answered(line, message));
    socket.on('data', (chunk: Buffer) => {
      try {
        read(chunk);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : undefined);
      }
    });
    socket.on('error', (error) => {
      failure = error;
    });
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      lines.delete(line);
      line.waiting?.reject(failure);
      line.waiting = undefined;
    });
    return line;
  };
  const answered = (line: Line, message: HttpMessage): void => {
    const { waiting } = line;
    line.waiting = undefined;
    if (/^close/i.test(connectionOf(message))) {
      line.socket.destroy();
    } else {
      line.idleSince = performance.now();
      idle.push(line);
    }
    waiting?.resolve({ status: Number(message.head.slice(9, 12)), body: message.body });
  };
  const take = (): Line => {
    for (let line = idle.pop(); line !== undefined; line = idle.pop()) {
      if (line.socket.destroyed) continue;
      if (performance.now() - line.idleSince < mostIdle) return line;
      line.socket.destroy();
    }
    return open();
  };
  return {
    send: (headers, body) =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(new Error('The way to the engine is closed'));
          return;
        }
        const line = take();
        line.waiting = { resolve, reject };
        const head = `${firstLines}x-amz-target: ${headers['x-amz-target']}\r\nx-amz-date: ${headers['x-amz-date']}\r\nauthorization: ${headers.authorization}\r\ncontent-length: ${body.length}\r\n\r\n`;
        line.socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body]));
      }),
    close: () => {
      isClosed = true;
      for (const { socket } of lines) socket.destroy();
    },
  };
}
