/** The options by which a command that checks seals is given keys. */
export const keyOptions = {
  'public-key': { type: 'string' },
  keys: { type: 'string' },
} as const satisfies Record<string, { readonly type: 'string' }>;

/** How these options are written in the help of a command. */
export const keyUsage = '[--public-key FILE | --keys URL|FILE]';
