import { isIP } from 'node:net';
import { isLoopback, isPublicAddress } from './public-address.ts';

/** Why nothing is sent to a URL. */
export type UrlProblem =
  | 'NOT_A_URL'
  | 'NOT_HTTPS'
  | 'HAS_CREDENTIALS'
  | 'PORT_NOT_ALLOWED'
  | 'ADDRESS_NOT_PUBLIC';

/** Ports that a receiver may listen on. */
const ports: readonly string[] = ['', '443', '8443'];

/** The host of a parsed URL as an address or a name, without the brackets of IPv6 and the dot at the end of a name. */
export const hostOf = ({ hostname }: URL): string =>
  hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');

const namesThisMachine = (host: string): boolean =>
  isLoopback(host) || host === 'localhost' || host.endsWith('.localhost');

/** True for an address that may be connected to. */
export const mayConnectTo = (address: string, allowLoopback: boolean): boolean =>
  isPublicAddress(address) || (allowLoopback && isLoopback(address));

/** Says whether a URL lies under an address of ours, without a name or a password. */
export const isUnder = (text: string, own: string | undefined): boolean =>
  own !== undefined &&
  URL.canParse(own) &&
  URL.canParse(text) &&
  new URL(text).href.startsWith(own);

/**
 * Says why a URL cannot be one that we send to; undefined if it can. An address in it must be public; the addresses of a name are
 * checked when it is connected to. With `allowLoopback`, this machine may be reached by http and any port; what lies under `own`, an
 * address of ours, may be reached wherever that is.
 */
export function urlProblem(
  text: string,
  allowLoopback: boolean,
  own?: string,
): UrlProblem | undefined {
  if (!URL.canParse(text)) return 'NOT_A_URL';
  if (isUnder(text, own)) return undefined;
  // Parsing turns every spelling of an IPv4 address, as in http://2130706433, into the usual one.
  const url = new URL(text);
  const host = hostOf(url);
  if (url.username !== '' || url.password !== '') return 'HAS_CREDENTIALS';
  if (allowLoopback && namesThisMachine(host) && /^https?:$/.test(url.protocol)) return undefined;
  if (url.protocol !== 'https:') return 'NOT_HTTPS';
  if (!ports.includes(url.port)) return 'PORT_NOT_ALLOWED';
  const isRefused = isIP(host) === 0 ? namesThisMachine(host) : !isPublicAddress(host);
  return isRefused || host === '' ? 'ADDRESS_NOT_PUBLIC' : undefined;
}
