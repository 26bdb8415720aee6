/** One element of DER: its tag, its content, and the bytes after it. */
export type DerElement = {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly rest: Uint8Array;
};

/** DER tags of a key and a signature. */
export const derTag = { integer: 0x02, bitString: 0x03, oid: 0x06, sequence: 0x30 } as const;

/** Reads the first element of DER, of up to 255 bytes; undefined when there is no whole one with the tag expected. */
export const readDer = (bytes: Uint8Array, tag: number): DerElement | undefined => {
  const [found, short, long] = bytes;
  if (found !== tag || short === undefined) return undefined;
  // Only the shortest form of a length is DER: one byte of it below 128, 0x81 and one byte from there on.
  const isLong = short === 0x81 && long !== undefined && long >= 0x80;
  if (short >= 0x80 && !isLong) return undefined;
  const start = isLong ? 3 : 2;
  const end = start + (isLong ? (long ?? 0) : short);
  if (end > bytes.length) return undefined;
  return { tag, content: bytes.subarray(start, end), rest: bytes.subarray(end) };
};

/** The content of DER that is one element and nothing else. */
export const soleDer = (bytes: Uint8Array, tag: number): Uint8Array | undefined => {
  const element = readDer(bytes, tag);
  return element?.rest.length === 0 ? element.content : undefined;
};
