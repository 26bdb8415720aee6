import type { Protocol } from './protocol.ts';
import type { LoadedRequests } from './version.ts';

const loaders = {
  'ocpp1.6': async () => (await import('./v16/v16-requests.ts')).requests,
  'ocpp2.0.1': async () => (await import('./v201/v201-requests.ts')).requests,
  'ocpp2.1': async () => (await import('./v21/v21-requests.ts')).requests,
} as const satisfies Record<Protocol, () => Promise<LoadedRequests>>;

/** Loads the requests of a version, each only where one is written or answered. */
export const loadRequests = async (protocol: Protocol): Promise<LoadedRequests> =>
  await loaders[protocol]();
