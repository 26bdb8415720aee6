import type { TokenEncoding } from '../envelope/authorization.ts';
import type { OcpiVersion } from '../translators.ts';
import type { ConnectionQuirkName } from './connection-quirks.ts';

/** How tokens are written to a partner: as its version says, unless a quirk of its connection says otherwise. */
export const tokenEncoding = (
  version: OcpiVersion,
  quirks: readonly ConnectionQuirkName[],
): TokenEncoding => {
  if (quirks.includes('plain-token')) return 'plain';
  if (quirks.includes('encoded-token')) return 'base64';
  return version === '2.1.1' ? 'plain' : 'base64';
};
