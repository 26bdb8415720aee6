import type { ConnectionQuirk } from './quirk.ts';

/** Known mistakes in the way partners talk. */
export const connectionQuirks = [
  {
    kind: 'connection',
    name: 'plain-token',
    meaning: 'The token is not encoded in the header although the version asks for base64.',
  },
  {
    kind: 'connection',
    name: 'encoded-token',
    meaning: 'The token is encoded in the header although 2.1.1 has it plain.',
  },
  {
    kind: 'connection',
    name: 'trailing-slash',
    meaning: 'Addresses without a slash at their end are redirected or not found.',
  },
  {
    kind: 'connection',
    name: 'own-party-in-to',
    meaning: 'The headers OCPI-to name the sender itself.',
  },
  {
    kind: 'connection',
    name: 'limit-is-count',
    meaning: 'X-Limit of 2.1.1 is the number of objects of the page, and no upper limit.',
  },
  {
    kind: 'connection',
    name: 'put-for-patch',
    meaning: 'PATCH is refused: objects are sent whole.',
  },
] as const satisfies readonly ConnectionQuirk[];

/** The name of a known mistake in the way a partner talks. */
export type ConnectionQuirkName = (typeof connectionQuirks)[number]['name'];
