import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutEmptyValues } from '../../../../core/ocpp/rpc/without-empty-values.ts';

const odd = fc.constantFrom('a,,b', '[,', ':,', ',]', '\\', '"', '');
const payload = fc.dictionary(fc.oneof(odd, fc.string()), fc.oneof(odd, fc.jsonValue()), {
  minKeys: 1,
});

/** A text in JSON with further commas where an element or a property begins or ends. */
const withCommas = (text: string, counts: readonly number[]): string => {
  let place = 0;
  return text.replace(/"(?:[^"\\]|\\.)*"|[[{,\]}]/g, (token) => {
    if (token.startsWith('"')) return token;
    const commas = ' ,'.repeat(counts[place++ % counts.length] ?? 0);
    return /[\]}]/.test(token) ? commas + token : token + commas;
  });
};

describe('a payload with values that are not there', () => {
  it('commas without an element change nothing, wherever they stand, and none within a text is touched', () => {
    const counts = fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(payload, counts, (value, extra) => {
        const text = JSON.stringify(value);
        const written = withCommas(text, extra);
        fc.pre(written !== text);
        expect(withoutEmptyValues(written)?.payload).toEqual(JSON.parse(text));
      }),
      { numRuns: 200 },
    );
  });

  it('a frame that is all commas, blanks or brackets is given up in a moment', () => {
    for (const one of [',', ' ', '[', '[ ', '[,', ', ', ':', '": ', '{,:']) {
      expect(withoutEmptyValues(`${one.repeat(131_072 / one.length)}x`)).toBeUndefined();
    }
  });

  it('what is no JSON for another reason stays unread, and so does what is whole', () => {
    for (const text of ['{"a":[,}', '{"a" 1,,}', '{"a":[1,2]}', '[1 2,,3]', ',', undefined]) {
      expect([text, withoutEmptyValues(text)]).toEqual([text, undefined]);
    }
  });
});
