import type { Protocol } from './protocol.ts';
import { v16 } from './v16/version.ts';
import type { Version } from './version.ts';

/** How each version is loaded: all but the oldest only where one of its messages is read. */
const loaders = {
  'ocpp1.6': async () => v16,
  'ocpp2.0.1': async () => (await import('./v201/v201.ts')).v201,
  'ocpp2.1': async () => (await import('./v21/v21.ts')).v21,
} as const satisfies Record<Protocol, () => Promise<Version>>;

/** Loads the version of a protocol. */
export const loadVersion = async (protocol: Protocol): Promise<Version> =>
  await loaders[protocol]();

/** Loads the versions of several protocols. */
export const loadVersions = async (
  protocols: Iterable<Protocol>,
): Promise<ReadonlyMap<Protocol, Version>> => {
  const versions = new Map<Protocol, Version>();
  for (const protocol of new Set(protocols)) versions.set(protocol, await loadVersion(protocol));
  return versions;
};
