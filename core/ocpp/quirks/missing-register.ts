import type { Forgiveness } from './quirk.ts';

/** A transaction comes without its meter register: the readings have to tell the energy. */
export const missingRegister = {
  kind: 'forgives',
  name: 'missing-register',
  forgives: (_action, { keyword, params }) =>
    keyword === 'required' &&
    (params['missingProperty'] === 'meterStart' || params['missingProperty'] === 'meterStop'),
} as const satisfies Forgiveness;
