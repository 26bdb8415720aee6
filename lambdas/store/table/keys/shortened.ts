import { createHash } from 'node:crypto';

/** A text as part of a key; a long one by its hash. */
export const shortened = (form: string, mostBytes: number): string =>
  Buffer.byteLength(form, 'utf8') <= mostBytes
    ? form
    : `sha256#${createHash('sha256').update(form, 'utf8').digest('hex')}`;
