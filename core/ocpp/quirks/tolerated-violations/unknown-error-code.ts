import type { Tolerance } from '../quirk.ts';
import { unknownWord } from './unknown-word.ts';

/** The error code of a status is a word of the vendor's own, as `Error`: it is kept as it is, since the fault matters more than its name. */
export const unknownErrorCode = {
  kind: 'tolerates',
  name: unknownWord.name,
  tolerates: (_action, { keyword, instancePath }, value) =>
    keyword === 'enum' && instancePath === '/errorCode' && value !== '',
} as const satisfies Tolerance;
