import type { Tolerance } from '../quirk.ts';

/** A transaction comes without its meter register: the readings have to show the energy. */
export const missingRegister = {
  kind: 'tolerates',
  name: 'missing-register',
  tolerates: (_action, { keyword, params }) =>
    keyword === 'required' &&
    (params['missingProperty'] === 'meterStart' || params['missingProperty'] === 'meterStop'),
} as const satisfies Tolerance;
