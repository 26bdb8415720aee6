import { type LookupAddress, lookup as resolve } from 'node:dns';
import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { mayConnectTo } from './check-url.ts';

/** A connection that was refused because its address is not public. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** Resolves a name to addresses, as `dns.lookup` does with `all`. */
export type Resolve = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** How a connection is guarded. */
export type Guard = {
  readonly allowLoopback: boolean;
  readonly resolve?: Resolve;
  /** An address of ours, which is reached wherever it is; it ends with a slash. */
  readonly own?: string;
};

const refusal = (host: string): AddressRefused =>
  new AddressRefused(`${host} has an address that is not public`);

/**
 * Resolves names for connections: gives only addresses that may be connected to. The connection uses exactly what was checked, so
 * that a name which resolves to something else a moment later gains nothing.
 */
export const guardedLookup =
  ({ allowLoopback, resolve: resolveName = resolve as Resolve }: Guard): LookupFunction =>
  (hostname, options, callback) => {
    resolveName(hostname, { all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const allowed = addresses.filter(({ address }) => mayConnectTo(address, allowLoopback));
      const [first] = allowed;
      // One that is not public among others is a trap or a mistake: then none is used.
      if (first === undefined || allowed.length < addresses.length) {
        return callback(refusal(hostname), '', 0);
      }
      return options.all === true
        ? callback(null, allowed)
        : callback(null, first.address, first.family);
    });
  };

type Connected = (error: Error | null, stream: Duplex) => void;
type Options = { readonly host?: string | null; readonly hostname?: string | null };

/** Whether an address is connected to without any lookup: then the lookup cannot refuse it. */
function refusedLiteral({ host, hostname }: Options, allowLoopback: boolean): string | undefined {
  const literal = (host ?? hostname ?? '').replace(/^\[(.*)\]$/, '$1');
  return isIP(literal) !== 0 && !mayConnectTo(literal, allowLoopback) ? literal : undefined;
}

/** How connections are kept, to whatever address. */
export const agentOptions = { keepAlive: true, maxSockets: 20, timeout: 20_000 } as const;

/** Agents for http and https that connect to public addresses alone: the check is made for each connection. */
export function guardedAgents(guard: Guard): {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
} {
  const { allowLoopback } = guard;
  const lookup = guardedLookup(guard);
  class GuardedHttp extends HttpAgent {
    override createConnection(options: AgentOptions & Options, callback?: Connected) {
      const literal = refusedLiteral(options, allowLoopback);
      if (literal !== undefined) {
        callback?.(refusal(literal), undefined as never);
        return undefined;
      }
      return super.createConnection({ ...options, lookup } as never, callback);
    }
  }
  class GuardedHttps extends HttpsAgent {
    override createConnection(options: AgentOptions & Options, callback?: Connected) {
      const literal = refusedLiteral(options, allowLoopback);
      if (literal !== undefined) {
        callback?.(refusal(literal), undefined as never);
        return undefined;
      }
      return super.createConnection({ ...options, lookup } as never, callback);
    }
  }
  return { http: new GuardedHttp(agentOptions), https: new GuardedHttps(agentOptions) };
}
