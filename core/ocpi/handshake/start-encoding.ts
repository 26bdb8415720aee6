import type { TokenEncoding } from '../envelope/authorization.ts';
import type { OcpiVersion } from '../translators.ts';

/**
 * How tokens are written in a handshake where it need not be tried: as a known mistake of the partner says, or plain where
 * nothing but 2.1.1 is looked for. Undefined: both are tried.
 */
export const startEncoding = (
  versions: readonly OcpiVersion[],
  quirks: readonly string[],
): TokenEncoding | undefined => {
  if (quirks.includes('plain-token')) return 'plain';
  if (quirks.includes('encoded-token')) return 'base64';
  return versions.every((version) => version === '2.1.1') ? 'plain' : undefined;
};
