import type { Protocol } from './protocol.ts';
import { v16 } from './v16/version.ts';
import type { Version } from './version.ts';

/** The OCPP versions that we speak today. */
export const spokenVersions: Readonly<Partial<Record<Protocol, Version>>> = { 'ocpp1.6': v16 };

/** The version of a protocol. Throws for one that is not spoken: nobody connects with it. */
export const versionOf = (protocol: Protocol): Version => {
  const version = spokenVersions[protocol];
  if (version === undefined) throw new Error(`${protocol} is not spoken`);
  return version;
};
