/** Follows the frames in what a client sends, chunk by chunk. */
export type FrameReader = {
  /** Looks at the next chunk; true when it announces a frame that is too large. Nothing is read after that. */
  readonly exceeds: (chunk: Buffer) => boolean;
  /** How many messages ended before the frame that was too large, or so far. */
  readonly messages: () => number;
};

type FrameHeader = {
  /** Bytes of the header itself. */
  readonly length: number;
  /** Bytes of the payload behind it. */
  readonly payload: number;
  /** True if a text or binary message ends with this frame. */
  readonly endsMessage: boolean;
};

/** The longest header: two bytes, eight of length, four of mask. */
const headerBytes = 14;

/** Reads frame headers (RFC 6455, section 5.2) against a limit for the payload of one frame, in bytes. */
export function createFrameReader(limitBytes: number): FrameReader {
  let messages = 0;
  // Bytes of the present payload that are still to come.
  let remaining = 0;
  // Beginning of a header that a chunk broke off.
  let partial = Buffer.alloc(0);

  return {
    messages: () => messages,
    exceeds: (chunk) => {
      let at = Math.min(remaining, chunk.length);
      remaining -= at;
      while (at < chunk.length) {
        const bytes = headerAt(partial, chunk, at);
        const header = readHeader(bytes);
        if (header === undefined) {
          partial = Buffer.from(bytes);
          return false;
        }
        if (header.payload > limitBytes) {
          return true;
        }
        messages += header.endsMessage ? 1 : 0;
        const end = at + header.length - partial.length + header.payload;
        remaining = Math.max(0, end - chunk.length);
        at = end;
        partial = Buffer.alloc(0);
      }
      return false;
    },
  };
}

function headerAt(partial: Buffer, chunk: Buffer, at: number): Buffer {
  const rest = chunk.subarray(at, at + headerBytes - partial.length);
  return partial.length === 0 ? rest : Buffer.concat([partial, rest]);
}

/** Undefined while bytes of the header are missing. */
function readHeader(bytes: Buffer): FrameHeader | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) {
    return undefined;
  }
  const short = second & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  const length = 2 + extended + ((second & 0x80) === 0 ? 0 : 4);
  if (bytes.length < length) {
    return undefined;
  }
  const isFinal = (first & 0x80) !== 0;
  const isControl = (first & 0x08) !== 0;
  return { length, payload: payloadLength(bytes, short), endsMessage: isFinal && !isControl };
}

function payloadLength(bytes: Buffer, short: number): number {
  switch (short) {
    case 126:
      return bytes.readUInt16BE(2);
    case 127:
      return Number(bytes.readBigUInt64BE(2));
    default:
      return short;
  }
}
