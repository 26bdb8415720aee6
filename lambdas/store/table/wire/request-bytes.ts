/** A request as it goes over a connection. */
export type WireRequest = {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

const breaksLine = /[\r\n]/;

/** Writes a request in HTTP 1.1. Throws for a header or a path that would begin a line of its own. */
export function requestBytes({ method, path, headers, body }: WireRequest): Buffer {
  let head = `${method} ${path} HTTP/1.1`;
  if (breaksLine.test(head)) throw new Error('The path of a request has a line break');
  for (const name in headers) {
    const line = `${name}: ${headers[name]}`;
    if (breaksLine.test(line)) throw new Error(`The header ${name} has a line break`);
    head += `\r\n${line}`;
  }
  if (headers['content-length'] === undefined) head += `\r\ncontent-length: ${body.byteLength}`;
  head += '\r\n\r\n';
  const bytes = Buffer.allocUnsafe(head.length + body.byteLength);
  bytes.write(head, 'latin1');
  bytes.set(body, head.length);
  return bytes;
}
