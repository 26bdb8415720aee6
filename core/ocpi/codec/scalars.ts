import {
  type Decimal,
  parseDecimal,
  roundDecimal,
  scaleDecimal,
  shortDecimal,
} from '../../units/decimal.ts';
import { isoInstant } from '../../units/instant.ts';
import { NumberLiteral } from '../../units/json-literals.ts';
import { dateTimeIn, decimalIn, refuse, textOf } from '../document-field.ts';
import type { Codec } from './codec.ts';

const characters = (text: string): readonly string[] => Array.from(text);

/** Text for people: longer ones are read whole and cut when they are sent. */
export const text = (length: number): Codec<string> => ({
  read: textOf,
  write: (value, { isEcho = false }) =>
    isEcho ? value : characters(value).slice(0, length).join(''),
});

/** An identifier, or another text of which a part would be another one: never cut, but not sent if too long. */
export const id = (length: number): Codec<string> => ({
  read: textOf,
  write: (value, { isEcho = false }) =>
    isEcho || characters(value).length <= length ? value : undefined,
});

/** A date and time: ISO 8601 UTC with milliseconds for us; sent without them where they are 0. */
export const dateTime: Codec<string> = {
  read: (field) => {
    const at = dateTimeIn(field);
    return at === undefined ? undefined : isoInstant(at);
  },
  write: (value) => value.replace(/\.000Z$/, 'Z'),
};

/** A number as exact decimal text without needless zeros; rounded to `places` when it is sent. */
export const decimal = (places = 6): Codec<string> => ({
  read: (field) => {
    const read = decimalIn(field);
    return read === undefined ? undefined : shortDecimal(read.digits, read.decimals);
  },
  write: (value, { isEcho = false }) => {
    const parsed = parseDecimal(value);
    if (parsed === undefined) return undefined;
    const sent = isEcho ? Math.max(places, parsed.decimals) : places;
    return new NumberLiteral(shortDecimal(roundDecimal(parsed, sent), sent));
  },
});

/** A whole number, also a negative one. */
export const whole: Codec<number> = {
  read: (field) => {
    const read = decimalIn(field);
    const digits = read === undefined ? undefined : scaleDecimal(read, 0);
    if (read !== undefined && (digits === undefined || digits >= 2n ** 53n)) {
      refuse(field, 'This has to be a whole number.');
    }
    return digits === undefined ? undefined : Number(digits);
  },
  write: (value) => new NumberLiteral(String(value)),
};

/** True or false. */
export const flag: Codec<boolean> = {
  read: (field) => {
    if (typeof field.value === 'boolean') return field.value;
    refuse(field, 'This has to be true or false.');
    return undefined;
  },
  write: (value) => value,
};

const mostPlaces = 7;
const leastPlaces = 5;

/**
 * A coordinate as text with 5 to 7 decimals; `places` are sent, or as many as fit: the text allows 7 decimals, but 10
 * characters for a latitude and 11 for a longitude.
 */
export const degrees = (length: 10 | 11, places: 'as-is' | 6): Codec<string> => ({
  read: (field) => {
    const read = decimalIn(field);
    return read === undefined ? undefined : degreeText(read, mostPlaces, leastPlaces);
  },
  write: (value, { isEcho = false }) => {
    const parsed = parseDecimal(value);
    if (parsed === undefined) return undefined;
    if (isEcho) return degreeText(parsed, mostPlaces, places === 6 ? places : leastPlaces);
    if (places === 6) return degreeText(parsed, places, places);
    return [mostPlaces, 6, leastPlaces]
      .map((each) => degreeText(parsed, each, leastPlaces))
      .find((each) => each.length <= length);
  },
});

const degreeText = (value: Decimal, most: number, least: number): string =>
  shortDecimal(roundDecimal(value, most), most, least);
