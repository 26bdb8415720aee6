import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DictionaryNumber, dictionaries } from '../../../lambdas/store/table/dictionaries.ts';
import { inflateShort } from '../../../lambdas/store/table/inflate-short.ts';
import { packText } from '../../../lambdas/store/table/packed-text.ts';

const dictionary = fc.constantFrom<DictionaryNumber>(1, 2);

const deflated = (text: string, number: DictionaryNumber): Buffer =>
  deflateRawSync(text, { dictionary: dictionaries[number], strategy: constants.Z_FIXED });

/** The text that zlib makes of any bytes; undefined where it refuses them. */
function byZlib(bytes: Uint8Array, number: DictionaryNumber): string | undefined {
  try {
    return inflateRawSync(bytes, { dictionary: dictionaries[number] }).toString('utf8');
  } catch {
    return undefined;
  }
}

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

const digits = Array.from({ length: 400 }, (_, n) => (n * 7_919) % 1_000).join(',');

describe('a short text that is inflated without zlib', () => {
  it('a text of fixed codes is the text that was deflated', () => {
    void fc.assert(
      fc.property(repetitive, dictionary, (text, number) => {
        const bytes = deflated(text, number);
        // A text that would become longer is stored as it is.
        const hasFixedCodes = ((bytes[0] ?? 0) & 7) === 3;
        expect(inflateShort(bytes, number)).toBe(hasFixedCodes ? text : undefined);
      }),
    );
  });

  it('any bytes are the text that zlib makes of them, or are left to zlib', () => {
    const changed = fc
      .tuple(
        repetitive,
        dictionary,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
        fc.nat(4),
      )
      .map(([text, number, changes, cut]) => {
        const bytes = deflated(text, number);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        return { bytes: bytes.subarray(0, bytes.length - cut), number };
      });
    const any = fc.record({ bytes: fc.uint8Array({ maxLength: 200 }), number: dictionary });
    void fc.assert(
      fc.property(fc.oneof(changed, any), ({ bytes, number }) => {
        const text = inflateShort(bytes, number);
        if (text !== undefined) expect(text).toBe(byZlib(bytes, number));
      }),
      { numRuns: 2_000 },
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
    ['a text with codes of its own', deflateRawSync(digits)],
    ['a text that is not deflated', deflateRawSync(digits, { level: 0 })],
    ['a text that ends early', deflated('{"connectorId":2}', 1).subarray(0, -1)],
    ['nothing', new Uint8Array()],
  ])('zlib is left %s', (_what, bytes) => {
    expect(inflateShort(bytes, 1)).toBeUndefined();
  });
});
