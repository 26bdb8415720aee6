import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../../../core/ocpp/rpc/clean-text.ts';

const textsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [name, ...textsOf(part)]);
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** A text as chargers with a broken buffer send it: any UTF-16 units, escaped or not. */
const brokenText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom(
        '\\',
        '"',
        '\\u',
        'd83d',
        '\ud83d',
        '\ude00',
        '\u0000',
        '\b',
        '\u007f',
        '\ufeff',
      ),
    ),
  )
  .map((parts) => parts.join(''));

describe('the text of a frame', () => {
  it('a well-formed frame without control characters is not changed, byte for byte', () => {
    const values = fc
      .jsonValue()
      .filter((value) =>
        textsOf(value).every((text) => text.isWellFormed() && !control.test(text)),
      );
    fc.assert(
      fc.property(values, fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(cleanText(text)).toEqual({ text, quirks: [] });
      }),
    );
  });

  it('the text of a frame is read without lone surrogates and control characters, and remains JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(brokenText, brokenText), (value) => {
        const clean = cleanText(JSON.stringify(value)).text;
        expect(clean.isWellFormed()).toBe(true);
        for (const text of textsOf(JSON.parse(clean))) {
          expect(text.isWellFormed()).toBe(true);
          expect(text).not.toMatch(control);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('cleaning the text of a frame twice changes nothing more', () => {
    fc.assert(
      fc.property(brokenText, (text) => {
        const once = cleanText(text).text;
        expect(cleanText(once).text).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a backslash before a u', '["C:\\\\ud83d"]', '["C:\\\\ud83d"]'],
    ['a pair of surrogates', '["\\ud83d\\ude00"]', '["\\ud83d\\ude00"]'],
    ['a pair that is turned around', '["\\ude00\\ud83d"]', '["\\ufffd\\ufffd"]'],
    ['a lone one before a pair', '["\\ud83d\\ud83d\\ude00"]', '["\\ufffd\\ud83d\\ude00"]'],
    ['a lone one that is not escaped', '["\ud83d"]', '["\ufffd"]'],
    ['an escaped zero byte', '["a\\u0000"]', '["a"]'],
    ['a backspace', '["a\\b\\f"]', '["a"]'],
    ['an escaped line break, which means something', '["a\\n\\u000a"]', '["a\\n\\u000a"]'],
    ['line breaks between tokens', '[\n"a",\r\n\t"b"]', '[\n"a",\r\n\t"b"]'],
    ['a line break within a text', '[\n"a\nb"]', '["ab"]'],
    ['zero bytes around', '\u0000["a"]\u0000\u0000', '["a"]'],
    ['a byte order mark before', '\ufeff["a"]\r\n', '["a"]'],
    ['marks that cannot be seen around', '\u200e\u200b ["a"]\u0085\u2060\u00a0\uffff', '["a"]'],
    [
      'marks that cannot be seen within a text',
      '["\ufeffa\u00a0\u0085"]',
      '["\ufeffa\u00a0\u0085"]',
    ],
  ])('the text of a frame with %s is read correctly', (_about, text, clean) => {
    expect(cleanText(text).text).toBe(clean);
    expect(cleanText(text).quirks.length > 0).toBe(text !== clean);
  });
});
