import { ambiguityIn } from '../../units/ambiguous-json.ts';

/** The result of reading the text of a document: its JSON value, or in one sentence why it has none, or more than one. */
export type ReadDocument =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'ambiguous'; readonly message: string }
  | { readonly kind: 'no-json'; readonly message: string };

/**
 * Reads the text of a document that is to be proved, so that no other reader can find anything else in it: see ambiguityIn. A
 * byte order mark before it does not count.
 */
export const readDocument = (text: string): ReadDocument => {
  const json = text.replace(/^\uFEFF/, '');
  try {
    const value: unknown = JSON.parse(json);
    const ambiguity = ambiguityIn(json);
    return ambiguity === undefined
      ? { kind: 'json', value }
      : { kind: 'ambiguous', message: ambiguity };
  } catch (error) {
    // Of JSON that nests too deep, too.
    return { kind: 'no-json', message: (error as Error).message };
  }
};
