import { textOf } from '../document-field.ts';
import type { Codec } from './codec.ts';

/** Words of a version, as one text with blanks between them. */
export const words = (list: string): readonly string[] => list.split(/\s+/).filter(Boolean);

/** Words that replace others, for a version that lacks them: `instead` by word, `otherwise` for all others. */
export type Replacements = {
  readonly instead?: { readonly [word: string]: string };
  readonly otherwise?: string;
};

/**
 * A word of a fixed list. Every word is read and kept, a known one in any case; one that the version lacks is replaced
 * when it is sent, or not said.
 */
export const word = (
  known: readonly string[],
  { instead = {}, otherwise }: Replacements = {},
): Codec<string> => {
  const spelling = new Map(known.map((each) => [each.toUpperCase(), each]));
  return {
    read: (field) => {
      const read = textOf(field);
      return read === undefined ? undefined : (spelling.get(read.toUpperCase()) ?? read);
    },
    write: (value, { isEcho = false }) => {
      if (isEcho || known.includes(value)) return value;
      return Object.hasOwn(instead, value) ? instead[value] : otherwise;
    },
  };
};

/** A word of a list that may grow (2.3.0 OpenEnum): any is read and sent. */
export const openWord: Codec<string> = { read: textOf, write: (value) => value };
