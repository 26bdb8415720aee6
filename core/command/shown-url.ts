/** A URL in a text: those of the usual schemes with any number of slashes, as browsers and chargers read them. */
const urls = /\b((?:https?|wss?|s?ftps?|scp|ssh):[\\/]*|[a-z][a-z\d+.-]{0,20}:\/\/)([^\s"'<>]+)/gi;

/**
 * Tokens of ours in a path, whose slashes may be escaped or encoded: those by which a charger leaves or fetches a file, and connects here, and
 * by which a driver sees a receipt or pays.
 */
const pathTokens = [
  /(?<=(?:\/|%2f)files\\?(?:\/|%2f))[a-z2-7]{24}(?![a-z2-7])/gi,
  /(?<=(?:\/|%2f)cp\\?(?:\/|%2f))[a-z0-9]{32}(?![a-z0-9])/gi,
  /(?<=(?:\/|%2f)(?:receipts|pay)\\?(?:\/|%2f))[a-z2-7]{32}(?![a-z2-7])/gi,
];

/** Secrets of ours that say themselves what they are: of API keys and of webhooks. */
const namedSecrets =
  /(?<=jg_live_[a-z2-7]{16}_)[a-z2-7]{40}|(?<=whsec_)(?:[a-z\d+/]|\\\/|%2[bf]){43}(?:=|%3d)?/gi;

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
  pathTokens
    .reduce((shown, token) => shown.replace(token, '…'), text)
    .replace(urls, (_whole, scheme: string, rest: string) => `${scheme}${withoutPassword(rest)}`)
    .replace(namedSecrets, '…')
    .replace(secretParameter, '…');
