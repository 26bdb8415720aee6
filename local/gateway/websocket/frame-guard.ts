import type { Duplex } from 'node:stream';

/**
 * Watches the frames that a client sends, and tells once when one announces more payload than allowed.
 * It listens in front of the WebSocket library, which bounds whole messages only.
 */
export function guardFrames(socket: Duplex, limitBytes: number, exceeded: () => void): void {
  const reader = createFrameReader();
  const watch = (chunk: Buffer): void => {
    if (reader.largestPayload(chunk) > limitBytes) {
      socket.off('data', watch);
      exceeded();
    }
  };
  socket.prependListener('data', watch);
}

/** Follows the frame boundaries in a stream of bytes (RFC 6455, section 5.2). */
export function createFrameReader(): { largestPayload: (chunk: Buffer) => number } {
  // Bytes of the present frame that are still to come, once its header is read.
  let remaining = 0;
  let header = Buffer.alloc(0);

  return {
    /** The largest payload in bytes that a frame header in this chunk announces; 0 without any header. */
    largestPayload: (chunk) => {
      let largest = 0;
      let at = 0;
      while (at < chunk.length) {
        if (remaining > 0) {
          const skipped = Math.min(remaining, chunk.length - at);
          remaining -= skipped;
          at += skipped;
          continue;
        }
        const known = header.length;
        const bytes = known === 0 ? chunk.subarray(at, at + 14) : joined(header, chunk, at);
        const frame = readHeader(bytes);
        if (frame === undefined) {
          header = Buffer.from(bytes);
          return largest;
        }
        largest = Math.max(largest, frame.payload);
        remaining = frame.payload;
        at += frame.length - known;
        header = Buffer.alloc(0);
      }
      return largest;
    },
  };
}

function joined(header: Buffer, chunk: Buffer, at: number): Buffer {
  return Buffer.concat([header, chunk.subarray(at, at + 14 - header.length)]);
}

/** Length of a header and of the payload behind it, in bytes; undefined while bytes of the header are missing. */
function readHeader(bytes: Buffer): { length: number; payload: number } | undefined {
  const second = bytes[1];
  if (second === undefined) {
    return undefined;
  }
  const short = second & 0x7f;
  const maskLength = (second & 0x80) === 0 ? 0 : 4;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  const length = 2 + extended + maskLength;
  if (bytes.length < length) {
    return undefined;
  }
  switch (extended) {
    case 2:
      return { length, payload: bytes.readUInt16BE(2) };
    case 8:
      return { length, payload: Number(bytes.readBigUInt64BE(2)) };
    default:
      return { length, payload: short };
  }
}
