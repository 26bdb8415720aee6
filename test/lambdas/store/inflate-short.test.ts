import { constants, deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DictionaryNumber, dictionaries } from '../../../lambdas/store/table/dictionaries.ts';
import { inflateShort } from '../../../lambdas/store/table/inflate-short.ts';
import { packText } from '../../../lambdas/store/table/packed-text.ts';

const dictionary = fc.constantFrom<DictionaryNumber>(1, 2);

/** A text as zlib deflates it: with fixed codes, as it takes for short ones, or with those that it chooses. */
const deflated = (text: string, number: DictionaryNumber, strategy = constants.Z_FIXED): Buffer =>
  deflateRawSync(text, { dictionary: dictionaries[number], strategy });

/** Text that repeats itself and the dictionaries, near and far, in short and in long. */
const repetitive = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc
        .tuple(dictionary, fc.nat(3_800), fc.integer({ min: 3, max: 300 }))
        .map(([number, from, length]) =>
          dictionaries[number].subarray(from, from + length).toString('utf8'),
        ),
      fc
        .tuple(fc.constantFrom('x', 'é', '{"a":1},'), fc.nat(300))
        .map(([part, n]) => part.repeat(n)),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => text.isWellFormed() && Buffer.byteLength(text) < 8_192);

const noise = Array.from({ length: 4_000 }, (_, n) => (n * 7_919) % 1_000).join(',');

describe('a short text that is inflated without zlib', () => {
  it('a text is the one that was deflated, whatever its content', () => {
    const strategy = fc.constantFrom(constants.Z_FIXED, constants.Z_DEFAULT_STRATEGY);
    void fc.assert(
      fc.property(repetitive, dictionary, strategy, (text, number, kind) => {
        const bytes = deflated(text, number, kind);
        expect(inflateShort(bytes, number)).toBe(bytes.length > 2_048 ? undefined : text);
      }),
    );
  });

  it('a text that ends early is left to zlib', () => {
    void fc.assert(
      fc.property(repetitive, dictionary, fc.nat(), (text, number, at) => {
        const bytes = deflated(text, number);
        expect(inflateShort(bytes.subarray(0, at % bytes.length), number)).toBeUndefined();
      }),
    );
  });

  it('whatever the bytes, the next text is the one that was deflated', () => {
    const before = fc.uint8Array({ maxLength: 200 });
    void fc.assert(
      fc.property(before, repetitive, dictionary, (bytes, text, number) => {
        inflateShort(bytes, number);
        const next = deflated(text, number);
        fc.pre(next.length <= 2_048);
        expect(inflateShort(next, number)).toBe(text);
      }),
    );
  });

  it('a message of a charger is inflated without zlib', () => {
    const sampledValue = [
      { value: '4711.25', measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
      { value: '10812', measurand: 'Power.Active.Import', unit: 'W' },
    ];
    const meterValue = [{ timestamp: '2026-04-14T16:30:00.000Z', sampledValue }];
    const raw = JSON.stringify({ connectorId: 2, transactionId: 1234567890, meterValue });

    expect(inflateShort(packText(raw, 1).subarray(1), 1)).toBe(raw);
  });

  it.each([
    ['a text of 8 KB', deflated('é'.repeat(4_096), 1)],
    ['a text of which more than 2 KB are left', deflateRawSync(noise)],
    ['nothing', new Uint8Array()],
  ])('zlib is left %s', (_what, bytes) => {
    expect(inflateShort(bytes, 1)).toBeUndefined();
  });
});
