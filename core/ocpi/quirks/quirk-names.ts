/** The names of all known mistakes of partners, without what repairs them. */
export const quirkNames = [
  'plain-token',
  'encoded-token',
  'trailing-slash',
  'own-party-in-to',
  'limit-is-count',
  'put-for-patch',
  'explicit-nulls',
  'empty-text-for-nothing',
  'text-for-numbers',
  'numbers-for-text',
  'text-for-flags',
  'single-for-list',
  'missing-last-updated',
  'token-without-party',
] as const;
