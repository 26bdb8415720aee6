import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Item } from './item.ts';

/** Packs a long text as an attribute: a CDR with all its lines then costs a third of its size. */
export const packedText = (value: string): Item[string] => ({
  B: deflateRawSync(Buffer.from(value, 'utf8')),
});

/** Reads a packed text, byte for byte as it was written; a missing one is a bug in what was stored, and throws. */
export function unpackedText(item: Item, name: string): string {
  const packed = item[name]?.B;
  if (packed === undefined) throw new Error(`Stored item without packed text ${name}`);
  return inflateRawSync(packed).toString('utf8');
}
