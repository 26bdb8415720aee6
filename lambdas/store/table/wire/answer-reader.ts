import { type AnswerHead, answerHead, headerOf, unreadableAnswer } from './answer-head.ts';
import { readChunks } from './read-chunks.ts';

/** A whole answer, and whether its connection can carry another request. */
export type WireAnswer = {
  readonly head: AnswerHead;
  readonly body: Buffer;
  readonly isReusable: boolean;
};

/** Reads one answer after the other from the bytes of a connection. */
export type AnswerReader = {
  /** Takes bytes as they come; the answer once it is whole. Throws where they are not HTTP 1. */
  readonly take: (bytes: Buffer) => WireAnswer | undefined;
  /** The answer that ends with its connection, where it says no length. */
  readonly end: () => WireAnswer | undefined;
  /** Whether a part of an answer is there. */
  readonly hasBegun: () => boolean;
};

/** An answer whose body is not whole yet. */
type Begun = {
  readonly head: AnswerHead;
  /** The bytes of its body, or how else it ends (RFC 9112 section 6.3). */
  readonly length: number | 'chunks' | 'until-closed';
  readonly parts: Buffer[];
  /** Bytes in the parts. */
  size: number;
};

/** The most bytes that the lines before a body may have, as Node allows it. */
const mostHeadBytes = 16_384;

const endOfHead = '\r\n\r\n';

const nothing: Buffer = Buffer.alloc(0);

function lengthOf(head: AnswerHead): Begun['length'] {
  if (head.statusCode === 204 || head.statusCode === 304) return 0;
  if (headerOf(head, 'transfer-encoding') !== undefined) return 'chunks';
  const length = headerOf(head, 'content-length');
  if (length === undefined) return 'until-closed';
  if (!/^\d{1,15}$/.test(length)) throw unreadableAnswer('Invalid character in Content-Length');
  return Number(length);
}

const staysOpen = (head: AnswerHead): boolean =>
  head.text.startsWith('HTTP/1.1') &&
  headerOf(head, 'connection')?.toLowerCase().includes('close') !== true;

const joined = ({ parts }: Begun): Buffer =>
  parts.length === 1 ? (parts[0] ?? nothing) : Buffer.concat(parts);

/** The answer, where the bytes so far are all of it. */
function wholeOf(begun: Begun): WireAnswer | undefined {
  const { head, length, size } = begun;
  if (length === 'until-closed') return undefined;
  if (length === 'chunks') {
    const read = readChunks(joined(begun));
    const isReusable = read?.rest.length === 0 && staysOpen(head);
    return read && { head, body: read.whole, isReusable };
  }
  if (size < length) return undefined;
  // Bytes that nobody asked for may come behind it.
  return {
    head,
    body: joined(begun).subarray(0, length),
    isReusable: size === length && staysOpen(head),
  };
}

/** The lines before a body and the bytes behind them; undefined while they are not whole. */
function headIn(bytes: Buffer): { readonly head: AnswerHead; readonly rest: Buffer } | undefined {
  const end = bytes.indexOf(endOfHead);
  if (Math.max(end, end < 0 ? bytes.length : 0) > mostHeadBytes) {
    const code = 'HPE_HEADER_OVERFLOW';
    throw Object.assign(new Error('Parse Error: Header overflow'), { code });
  }
  if (end < 0) return undefined;
  const head = answerHead(bytes.toString('latin1', 0, end));
  const rest = bytes.subarray(end + endOfHead.length);
  // One that only says that an answer will come has no body.
  return head.statusCode < 200 ? headIn(rest) : { head, rest };
}

/** Makes a reader of the answers to the requests of one connection, none of which is HEAD. */
export function createAnswerReader(): AnswerReader {
  let early = nothing;
  let begun: Begun | undefined;
  const begin = (bytes: Buffer): void => {
    early = early.length === 0 ? bytes : Buffer.concat([early, bytes]);
    const found = headIn(early);
    if (found === undefined) return;
    early = nothing;
    const { head, rest } = found;
    begun = { head, length: lengthOf(head), parts: [], size: 0 };
    add(begun, rest);
  };
  const add = (to: Begun, bytes: Buffer): void => {
    if (bytes.length === 0) return;
    to.parts.push(bytes);
    to.size += bytes.length;
  };
  return {
    take: (bytes) => {
      if (begun === undefined) begin(bytes);
      else add(begun, bytes);
      const answer = begun && wholeOf(begun);
      if (answer !== undefined) begun = undefined;
      return answer;
    },
    end: () =>
      begun?.length === 'until-closed'
        ? { head: begun.head, body: joined(begun), isReusable: false }
        : undefined,
    hasBegun: () => begun !== undefined || early.length > 0,
  };
}
