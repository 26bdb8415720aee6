import fc from 'fast-check';
import type { JsonLiteral } from '../../../../core/units/json-literals.ts';

/** An object in which some properties may be left out, and unknown fields may be added. */
export const objectOf = <Required extends object, Optional extends object = object>(
  required: { [Key in keyof Required]: fc.Arbitrary<Required[Key]> },
  optional: { [Key in keyof Optional]?: fc.Arbitrary<Exclude<Optional[Key], undefined>> } = {},
): fc.Arbitrary<Required & Partial<Optional>> =>
  fc
    .tuple(
      fc.record(required),
      fc.record(optional as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] }),
      fc.option(extra, { nil: undefined, freq: 12 }),
    )
    .map(
      ([must, may, more]) =>
        ({ ...must, ...may, ...(more === undefined ? {} : { extra: more }) }) as Required &
          Partial<Optional>,
    );

const extra: fc.Arbitrary<{ readonly [name: string]: JsonLiteral }> = fc
  .tuple(
    fc.constantFrom('x_note', 'nl_tnm_kind', 'vendor'),
    fc.oneof(fc.string({ maxLength: 8 }), fc.boolean(), fc.constant({ inner: ['a'] })),
  )
  .map(([name, value]) => ({ [name]: value }));

const lettersAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-*'.split(
  '',
);

/** An identifier of up to so many characters. */
export const ids = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...lettersAndDigits), minLength: 1, maxLength });

/** A text for people, some longer than a version allows. */
export const texts = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 0, maxLength }) },
  );

/** Decimal text in its shortest form, up to 6 decimals; negative ones only where asked for. */
export const decimals = (least = 0): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: least, max: 99_999 }), fc.integer({ min: 0, max: 6 }))
    .map(([digits, places]) => shortest(digits, places));

const shortest = (digits: number, places: number): string => {
  const text = (digits / 10 ** places).toFixed(places);
  const short = places === 0 ? text : text.replace(/\.?0+$/, '');
  return short === '-0' ? '0' : short;
};

/** A moment as ISO 8601 UTC with milliseconds. */
export const moments: fc.Arbitrary<string> = fc
  .oneof(
    fc.integer({ min: 1_600_000_000, max: 1_900_000_000 }).map((seconds) => seconds * 1000),
    fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }),
  )
  .map((ms) => new Date(ms).toISOString());

/** One of some words, or rarely one that no version knows. */
export const wordsOf = (list: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...list.split(' ')) },
    { weight: 1, arbitrary: fc.constant('SOMETHING_NEW') },
  );

/** One of some words, where a version requires one and has no other word for it. */
export const knownWords = (list: string): fc.Arbitrary<string> =>
  fc.constantFrom(...list.split(' '));

/** A short list. */
export const lists = <Value>(item: fc.Arbitrary<Value>, minLength = 0, maxLength = 2) =>
  fc.array(item, { minLength, maxLength });

/** A short list of things with different identities. */
export const distinct = <Value>(
  item: fc.Arbitrary<Value>,
  identity: (value: Value) => unknown,
  minLength = 0,
  maxLength = 2,
) => fc.uniqueArray(item, { selector: identity, minLength, maxLength });

/** Party of an object. */
export const party = {
  countryCode: fc.constantFrom('DE', 'NL', 'FR'),
  partyId: fc.constantFrom('JGT', 'ALF', 'BEC'),
};
