import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dictionaries } from '../../../lambdas/store/table/dictionaries.ts';
import { packText, unpackText } from '../../../lambdas/store/table/packed-text.ts';

const numbers = [1, 2] as const;

/** Any text, with half a surrogate pair here and there. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc
    .array(fc.constantFrom('\ud83d', '\udc00', '\u0000', '\ufeff', '\uffff', 'é', '\n', '{"a":1}'))
    .map((parts) => parts.join('')),
);

describe('a packed text', () => {
  it('a packed text is read as it was written, whatever its content', () => {
    void fc.assert(
      fc.property(anyText, fc.constantFrom(...numbers), (text, dictionary) => {
        expect(unpackText(packText(text, dictionary))).toBe(text);
      }),
    );
  });

  it('a packed text is read as it was written, however long it is', () => {
    const sizes = fc.oneof(fc.nat(2_000), fc.integer({ min: 90_000, max: 130_000 }));
    void fc.assert(
      fc.property(sizes, fc.string({ unit: 'binary', minLength: 1 }), (size, part) => {
        const text = part.repeat(Math.ceil(size / part.length)).slice(0, size);
        expect(unpackText(packText(text, 1))).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it('a packed text takes at most one byte more than its text', () => {
    void fc.assert(
      fc.property(
        anyText.filter((text) => text.isWellFormed()),
        (text) => {
          const bytes = Buffer.byteLength(text, 'utf8');
          expect(packText(text, 1).length).toBeLessThanOrEqual(bytes + 1);
        },
      ),
    );
  });

  it('a packed text takes less than a quarter of a reading as chargers send it', () => {
    const measured = [
      ['Energy.Active.Import.Register', '4711.25', 'Wh'],
      ['Power.Active.Import', '10812', 'W'],
      ['Current.Import', '15.67', 'A'],
      ['SoC', '57', 'Percent'],
    ];
    const sampledValue = measured.map(([measurand, value, unit]) => ({ measurand, value, unit }));
    const meterValue = [{ timestamp: '2026-04-14T16:30:00.000Z', sampledValue }];
    const raw = JSON.stringify({ connectorId: 2, transactionId: 1234567890, meterValue });

    expect(packText(raw, 1).length).toBeLessThan(raw.length / 4);
  });

  it('a packed text longer than a megabyte is refused, both when written and when read', () => {
    const long = 'x'.repeat(1_048_577);
    const dictionary = dictionaries[1];
    const bomb = Buffer.concat([Uint8Array.of(1), deflateRawSync(long, { dictionary })]);

    expect(() => packText(long, 1)).toThrow('1048577 bytes is too long');
    expect(bomb.length).toBeLessThan(2_000);
    expect(() => unpackText(bomb)).toThrow();
    expect(unpackText(packText(long.slice(1), 1))).toBe(long.slice(1));
  });

  it('bytes that are not a packed text are refused', () => {
    const packed = packText('{"connectorId":1,"status":"Available"}', 1);

    expect(() => unpackText(new Uint8Array())).toThrow('unknown form');
    expect(() => unpackText(Uint8Array.of(254, 1, 2))).toThrow('unknown form 254');
    expect(() => unpackText(packed.slice(0, -4))).toThrow();
  });
});

describe('a dictionary', () => {
  it('the dictionary of packed texts never changes, since nothing packed with it could be read again', () => {
    const digest = (number: (typeof numbers)[number]) =>
      createHash('sha256').update(dictionaries[number]).digest('hex').slice(0, 16);

    expect(Object.keys(dictionaries).map(Number)).toEqual([...numbers]);
    expect(numbers.map(digest)).toEqual(['e46ad461a5e0fe09', 'd491502a3eed7dca']);
  });

  it('the dictionary of packed texts fits into the deflate window, so that all of it is useful', () => {
    for (const number of numbers) expect(dictionaries[number].length).toBeLessThan(8_192 - 1_024);
  });
});
