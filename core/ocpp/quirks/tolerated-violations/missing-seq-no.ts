import type { Tolerance } from '../quirk.ts';

/** A message of a transaction has no number: whether others are missing cannot be told from it. */
export const missingSeqNo = {
  kind: 'tolerates',
  name: 'missing-seq-no',
  tolerates: (_action, { keyword, params }) =>
    keyword === 'required' && params['missingProperty'] === 'seqNo',
} as const satisfies Tolerance;
