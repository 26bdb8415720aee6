import { utf8ToBytes } from '@noble/hashes/utils.js';

/** The sections of a record as bytes of what was received. */
export type OcmfSections = {
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** A fourth section, in which some chargers append the public key. */
  readonly appended?: Uint8Array;
  readonly hasWhitespaceAround: boolean;
};

const bar = 0x7c;
const header = utf8ToBytes('OCMF');
const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Cuts `OCMF|payload|signature` at its bars, which may not occur inside a section. Undefined when there is no such
 * header, or when it has other than two bars or three.
 */
export const splitSections = (received: Uint8Array): OcmfSections | undefined => {
  const record = trimmed(received);
  const [first, second, third, ...more] = barsIn(record);
  if (first !== header.length || second === undefined || more.length > 0) return undefined;
  if (header.some((byte, at) => record[at] !== byte)) return undefined;
  return {
    payload: record.subarray(first + 1, second),
    signature: record.subarray(second + 1, third),
    ...(third !== undefined && { appended: record.subarray(third + 1) }),
    hasWhitespaceAround: record.length < received.length,
  };
};

const barsIn = (bytes: Uint8Array): readonly number[] =>
  [...bytes.keys()].filter((at) => bytes[at] === bar);

const trimmed = (bytes: Uint8Array): Uint8Array => {
  let [start, end] = [0, bytes.length];
  while (start < end && isSpace(bytes[start])) start += 1;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
};
