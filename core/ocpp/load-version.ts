import type { Protocol, spokenProtocols } from './protocol.ts';
import { v16 } from './v16/version.ts';
import type { Version } from './version.ts';

/** How each version that we speak is loaded: all but the oldest only where one of its messages is read. */
const loaders = {
  'ocpp1.6': async () => v16,
  'ocpp2.0.1': async () => (await import('./v201/v201.ts')).v201,
  'ocpp2.1': async () => (await import('./v21/v21.ts')).v21,
} as const satisfies Record<(typeof spokenProtocols)[number], () => Promise<Version>>;

const loaderOf = (protocol: Protocol): (() => Promise<Version>) | undefined =>
  Object.hasOwn(loaders, protocol) ? loaders[protocol as keyof typeof loaders] : undefined;

/** Loads the version of a protocol. Throws for one that is not spoken: nobody connects with it. */
export const loadVersion = async (protocol: Protocol): Promise<Version> => {
  const load = loaderOf(protocol);
  if (load === undefined) throw new Error(`${protocol} is not spoken`);
  return await load();
};

/** Loads the versions of several protocols; one that is not spoken is left out. */
export const loadVersions = async (
  protocols: Iterable<Protocol>,
): Promise<ReadonlyMap<Protocol, Version>> => {
  const versions = new Map<Protocol, Version>();
  for (const protocol of new Set(protocols)) {
    const version = await loaderOf(protocol)?.();
    if (version !== undefined) versions.set(protocol, version);
  }
  return versions;
};
