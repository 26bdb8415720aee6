/** A URL in a text: those of the usual schemes with any number of slashes, as browsers and chargers read them. */
const urls = /\b((?:https?|wss?|s?ftps?|scp|ssh):[\\/]*|[a-z][a-z\d+.-]{0,20}:\/\/)([^\s"'<>]+)/gi;

/** The token by which a charger leaves or fetches a file of ours, and the one by which it connects here. */
const fileToken = /(?<=\/files\/)[a-z2-7]{24}(?![a-z2-7])/g;
const connectionToken = /(?<=\/cp\/)[a-z2-7]{32}(?![a-z2-7])/gi;

/** Parameters of a URL that let whoever has it in. */
const secretParameter =
  /(?<=[?&;][^=&;#]*(?:passw(?:or)?d|pwd|token|secret|signature|sig|api[-_]?key)=)[^&;#]+/gi;

const hasPort = (host: string): boolean => /:\d*$/.test(host) || !host.includes(':');

/**
 * Where the user and the password of a URL end, behind its scheme; -1 where there are none. An `@` belongs to them up to the last one before
 * the path (WHATWG URL section 4.4). Where that leaves no host, the password has characters that should have been encoded: then they go on up
 * to the last `@` of all.
 */
function endOfUser(rest: string): number {
  const path = rest.search(/[/?#\\]/);
  const authority = path < 0 ? rest : rest.slice(0, path);
  const end = authority.lastIndexOf('@');
  if (end >= 0 || authority.startsWith('[') || hasPort(authority)) return end;
  return rest.lastIndexOf('@');
}

/** The part of a URL behind its scheme, without a password. */
function withoutPassword(rest: string): string {
  const end = endOfUser(rest);
  const colon = rest.slice(0, Math.max(0, end)).indexOf(':');
  return colon < 0 ? rest : `${rest.slice(0, colon + 1)}…${rest.slice(end)}`;
}

/** The URLs in a text as they may be shown: without passwords, and without tokens that let their holder in. */
export const shownUrl = (text: string): string =>
  text
    .replace(urls, (_whole, scheme: string, rest: string) => `${scheme}${withoutPassword(rest)}`)
    .replace(fileToken, '…')
    .replace(connectionToken, '…')
    .replace(secretParameter, '…');
