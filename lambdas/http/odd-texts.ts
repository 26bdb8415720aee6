import type { Detail } from './answer.ts';

/** How many odd texts of one request are named. */
const mostNamed = 20;

const message =
  'The text contains a NUL character or half of a surrogate pair, which is not valid Unicode.';

const isOdd = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

const oddIn = (value: unknown, path: string): readonly Detail[] => {
  if (typeof value === 'string') return isOdd(value) ? [{ path, message }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    isOdd(name) ? [{ path, message }] : oddIn(inner, path === '' ? name : `${path}.${name}`),
  );
};

/** The texts and names in a value that no database can store unchanged, each with its path. */
export const oddTexts = (value: unknown): readonly Detail[] => oddIn(value, '').slice(0, mostNamed);
