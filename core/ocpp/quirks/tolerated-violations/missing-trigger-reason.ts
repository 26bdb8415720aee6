import type { Tolerance } from '../quirk.ts';

/** A message of a transaction does not say what caused it: it may be anything. */
export const missingTriggerReason = {
  kind: 'tolerates',
  name: 'missing-trigger-reason',
  tolerates: (_action, { keyword, params }) =>
    keyword === 'required' && params['missingProperty'] === 'triggerReason',
} as const satisfies Tolerance;
