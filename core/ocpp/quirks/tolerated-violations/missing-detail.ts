import type { Tolerance } from '../quirk.ts';

const details: ReadonlySet<unknown> = new Set(['readonly', 'reasonCode']);

/** An answer does not say whether a setting is read-only, or the details of a status give no reason: nothing depends on it. */
export const missingDetail = {
  kind: 'tolerates',
  name: 'missing-detail',
  tolerates: (_action, { keyword, params }) =>
    keyword === 'required' && details.has(params['missingProperty']),
} as const satisfies Tolerance;
