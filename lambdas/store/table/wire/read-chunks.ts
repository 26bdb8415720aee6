import { abortedAnswer } from './timeout-error.ts';

/** A body that came in chunks, and what came behind it. */
export type Unchunked = { readonly whole: Buffer; readonly rest: Buffer };

/** The size of a chunk by the line before it (RFC 9112 section 7.1). */
function sizeOf(line: string): number {
  const size = /^([\da-f]{1,8})[ \t]*(?:;|$)/i.exec(line)?.[1];
  if (size === undefined) throw abortedAnswer();
  return Number.parseInt(size, 16);
}

/** The bytes behind the lines that follow the last chunk; undefined while they are not all there. */
function behindTrailers(bytes: Buffer, from: number): Buffer | undefined {
  for (let at = from; ; ) {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return undefined;
    if (end === at) return bytes.subarray(end + 2);
    at = end + 2;
  }
}

/**
 * Reads a body in chunks from all its bytes so far; undefined while it is not whole. DynamoDB sends none, so that it need not be fast: each
 * part is read from the beginning. Throws for bytes that are no chunks: such a body breaks off.
 */
export function readChunks(bytes: Buffer): Unchunked | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const size = sizeOf(bytes.toString('latin1', at, end));
    const from = end + 2;
    if (size === 0) {
      const rest = behindTrailers(bytes, from);
      return rest && { whole: Buffer.concat(parts), rest };
    }
    at = from + size + 2;
    if (bytes.length < at) return undefined;
    if (bytes.toString('latin1', at - 2, at) !== '\r\n') throw abortedAnswer();
    parts.push(bytes.subarray(from, from + size));
  }
}
