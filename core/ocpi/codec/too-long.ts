import type { DocumentProblem } from '../document-field.ts';
import { toKeptText } from './kept-text.ts';

/** Characters that an object may have which is kept beside others in one item of the database: all its known fields need a tenth. */
const mostCharacters = 30_000;

/** The problem of an object that is too long to be kept with every field that its partner sent; `path` is its own. */
export const tooLong = (object: object, path: string): readonly DocumentProblem[] =>
  toKeptText(object).length > mostCharacters
    ? [{ path, message: `This has more than ${mostCharacters} characters.` }]
    : [];
