import { createHash } from 'node:crypto';

/**
 * The seed of the examples that a test makes, from the text of its file and its own name: a signed number of 32 bits. Every run of a
 * test has the same examples until its file changes, so that no change fails by a rare counterexample to a law that it did not touch.
 */
export const seedOf = (text: string, name: string): number =>
  createHash('sha256').update(text).update('\0').update(name).digest().readInt32BE();
