import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** A header as it was sent: name in the sender's case, and value. */
export type Header = readonly [name: string, value: string];

/** A request as it arrives at an API, after rewriting by anything in front of the API. */
export type ArrivedRequest = {
  /** The request as received, before any rewriting. */
  readonly incoming: IncomingMessage;
  /** Path and query, percent-encoded. */
  readonly target: string;
  readonly headers: readonly Header[];
};

/** A handshake that was answered with an HTTP status; the body is JSON, or empty. */
export type RefusedUpgrade = { readonly status: number; readonly body: string };

/** Something that takes over a WebSocket handshake, and owns the socket from then on; says when it refused. */
export type TakeUpgrade = (
  request: ArrivedRequest,
  socket: Duplex,
  head: Buffer,
) => Promise<RefusedUpgrade | undefined>;

/** An API that a distribution may have as its origin. */
export type UpgradeOrigin = {
  readonly domainName: string;
  readonly takeUpgrade: TakeUpgrade;
};

/** The headers of a request in the order and case in which they were sent. */
export function headersOf(incoming: IncomingMessage): readonly Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    headers.push([incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '']);
  }
  return headers;
}

/** Address of the client, without the prefix of an IPv4 address in an IPv6 one. */
export function sourceIpOf(incoming: IncomingMessage): string {
  return (incoming.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
}
