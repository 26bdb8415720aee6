import { beginningOf } from '../../units/beginning-of.ts';
import type { PartnerLocation } from '../model/location.ts';

/** Letters that a word is found by at least, and by which words lie together. */
export const leastLetters = 3;

/** Words of one location that it is found by; more say nothing that the first ones do not. */
const mostWords = 40;

const longestWord = 40;

/** The words of a text as they are compared: without regard to case and accents. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 0)
    .map((word) => beginningOf(word, longestWord));

type Named = Pick<PartnerLocation, 'name' | 'address' | 'city' | 'postalCode'>;

/** The words that a location is found by: of its name, address, city and postal code, each once, in order. */
export const searchWords = ({ name = '', address, city, postalCode = '' }: Named) => {
  const words = [city, postalCode, name, address].flatMap(wordsOf);
  return [...new Set(words.filter((word) => word.length >= leastLetters))]
    .slice(0, mostWords)
    .toSorted();
};

/** Says whether each word of a text begins a word of the location. */
export const hasWords = (location: Named, text: string): boolean => {
  const { name = '', address, city, postalCode = '' } = location;
  const words = [name, address, city, postalCode].flatMap(wordsOf);
  return wordsOf(text).every((asked) => words.some((word) => word.startsWith(asked)));
};
