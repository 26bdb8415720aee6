import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameReader } from '../../../runner/gateway/websocket/frame-reader.ts';

const limit = 300;

type Frame = { readonly opcode: number; readonly isFinal: boolean; readonly payload: number };

const bytesOf = ({ opcode, isFinal, payload }: Frame): Buffer => {
  const first = opcode | (isFinal ? 0x80 : 0);
  const length =
    payload < 126
      ? Buffer.from([payload | 0x80])
      : payload < 65_536
        ? Buffer.from([126 | 0x80, payload >> 8, payload & 0xff])
        : Buffer.from([127 | 0x80, 0, 0, 0, 0, ...longLength(payload)]);
  return Buffer.concat([
    Buffer.from([first]),
    length,
    Buffer.alloc(4, 7),
    Buffer.alloc(payload, 1),
  ]);
};

const longLength = (payload: number): number[] => [
  (payload >> 24) & 0xff,
  (payload >> 16) & 0xff,
  (payload >> 8) & 0xff,
  payload & 0xff,
];

const frames = fc.array(
  fc.record({
    opcode: fc.constantFrom(0, 1, 2, 8, 9, 10),
    isFinal: fc.boolean(),
    payload: fc.oneof(
      fc.integer({ min: 0, max: 130 }),
      fc.integer({ min: limit - 2, max: limit + 2 }),
      fc.constantFrom(65_535, 65_536, 70_000),
    ),
  }),
  { maxLength: 8 },
);

const chunksOf = (bytes: Buffer, sizes: readonly number[]): Buffer[] => {
  const chunks: Buffer[] = [];
  for (let at = 0, next = 0; at < bytes.length; next += 1) {
    const size = sizes[next % sizes.length] ?? bytes.length;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
};

test('the first frame over the limit is found in any chunks, and the messages before it are counted', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 });
  void fc.assert(
    fc.property(frames, sizes, (sent, cuts) => {
      const reader = createFrameReader(limit);
      const found = chunksOf(Buffer.concat(sent.map(bytesOf)), cuts).some(reader.exceeds);
      const tooLarge = sent.findIndex(({ payload }) => payload > limit);
      const before = tooLarge < 0 ? sent : sent.slice(0, tooLarge);
      expect(found).toBe(tooLarge >= 0);
      expect(reader.messages()).toBe(
        before.filter(({ opcode, isFinal }) => isFinal && opcode < 8).length,
      );
    }),
  );
});
