import fc from 'fast-check';
import { expect, it } from 'vitest';
import { noteFrom, packNote } from '../../../lambdas/store/events/noted-chunks.ts';

/** Chunks of a log that follow each other, the oldest first. */
const someChunks = fc
  .record({
    first: fc.integer({ min: 1, max: 1_000_000 }),
    at: fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
    rest: fc.array(
      fc.record({
        later: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 9_000_000 })),
        hashes: fc.array(fc.integer({ min: 0, max: 0xffffff }), { minLength: 1, maxLength: 200 }),
      }),
      { minLength: 1, maxLength: 40 },
    ),
  })
  .map(({ first, at, rest }) => {
    let writtenAt = at;
    return rest.map(({ later, hashes }, index) => {
      writtenAt += later;
      return { number: first + index, writtenAt, hashes };
    });
  });

it('a note of a log names its newest chunks with what is in them, none as older than it is, within a write unit', () => {
  fc.assert(
    fc.property(someChunks, (chunks) => {
      const last = chunks.at(-1)?.number ?? 0;
      const packed = packNote(chunks);
      const note = noteFrom({ chunk: { N: String(last) }, newest: { B: packed } });
      const kept = chunks.slice(-note.chunks.length);

      expect(packed.length).toBeLessThanOrEqual(800);
      expect(note.last).toBe(last);
      expect(note.chunks.length).toBeGreaterThan(0);
      expect(note.chunks.map(({ number, hashes }) => [number, hashes])).toEqual(
        kept.map(({ number, hashes }) => [number, hashes]),
      );
      for (const [index, { writtenAt }] of note.chunks.entries()) {
        const later = writtenAt - (kept[index]?.writtenAt ?? 0);
        expect(later).toBeGreaterThanOrEqual(0);
        expect(later).toBeLessThan(100);
      }
    }),
    { numRuns: 100 },
  );
});

it('a note of another last chunk, as an older release leaves it, names no chunks', () => {
  const newest = { B: packNote([{ number: 7, writtenAt: 1_800_000_000_000, hashes: [1] }]) };

  expect(noteFrom({ chunk: { N: '8' }, newest })).toEqual({ last: 8, chunks: [] });
  expect(noteFrom({ chunk: { N: '8' } })).toEqual({ last: 8, chunks: [] });
  expect(noteFrom(undefined)).toEqual({ last: 0, chunks: [] });
});
