import { createHash } from 'node:crypto';
import type { Item } from '../table/item.ts';
import { optionalNumber } from '../table/item.ts';
import type { Chunk } from './logged-event.ts';

/** A chunk as far as a writer has to know it: whether it may hold an event, and how old it is. */
export type NotedChunk = {
  readonly number: number;
  /** When it was written, epoch ms; noted up to a tenth of a second later than it was, and never earlier. */
  readonly writtenAt: number;
  /** A short hash of what each of its events was derived from, in order. */
  readonly hashes: readonly number[];
};

/** The note of a log: the number of its last chunk, and the newest chunks up to that one, the oldest first and without gaps. */
export type LogNote = { readonly last: number; readonly chunks: readonly NotedChunk[] };

/** Bytes of the newest chunks: with its key and names the item stays within the kilobyte of one write unit. */
const mostBytes = 800;

const headerBytes = 12;
const chunkBytes = 3;
const hashBytes = 3;
const tenth = 100;
const longestAge = 65_535;

/** The hash by which an event is looked for; another one has the same in one of 16 million cases. */
export const sourceHash = (source: string): number =>
  createHash('sha256').update(source).digest().readUIntBE(0, hashBytes);

/** A chunk as it is noted. */
export const notedChunk = ({ number, writtenAt, events }: Chunk): NotedChunk => ({
  number,
  writtenAt,
  hashes: events.map(({ source }) => sourceHash(source)),
});

/** The newest of some chunks that fit into a note, as bytes: last number and time, then age, count and hashes of each, the newest first. */
export function packNote(chunks: readonly NotedChunk[]): Uint8Array {
  const last = chunks.at(-1);
  if (last === undefined) return new Uint8Array();
  const bytes = Buffer.alloc(mostBytes);
  bytes.writeUIntBE(last.number, 0, 6);
  bytes.writeUIntBE(last.writtenAt, 6, 6);
  let end = headerBytes;
  for (const { writtenAt, hashes } of chunks.toReversed()) {
    const age = Math.floor((last.writtenAt - writtenAt) / tenth);
    if (end + chunkBytes + hashes.length * hashBytes > mostBytes || age > longestAge) break;
    bytes.writeUInt16BE(age, end);
    bytes.writeUInt8(hashes.length, end + 2);
    end += chunkBytes;
    for (const hash of hashes) {
      bytes.writeUIntBE(hash, end, hashBytes);
      end += hashBytes;
    }
  }
  return bytes.subarray(0, end);
}

/** Reads the note of a log; one that names no chunks, or others than those before its last one, leaves them to be read. */
export function noteFrom(item: Item | undefined): LogNote {
  const last = (item === undefined ? undefined : optionalNumber(item, 'chunk')) ?? 0;
  const packed = Buffer.from(item?.['newest']?.B ?? []);
  if (packed.length < headerBytes || packed.readUIntBE(0, 6) !== last) return { last, chunks: [] };
  return { last, chunks: unpacked(packed, last) };
}

function unpacked(packed: Buffer, last: number): readonly NotedChunk[] {
  const lastAt = packed.readUIntBE(6, 6);
  const chunks: NotedChunk[] = [];
  for (let at = headerBytes; at < packed.length; ) {
    const writtenAt = lastAt - packed.readUInt16BE(at) * tenth;
    const count = packed.readUInt8(at + 2);
    at += chunkBytes;
    const first = at;
    const hashes = Array.from({ length: count }, (_, index) =>
      packed.readUIntBE(first + index * hashBytes, hashBytes),
    );
    at += count * hashBytes;
    chunks.unshift({ number: last - chunks.length, writtenAt, hashes });
  }
  return chunks;
}
