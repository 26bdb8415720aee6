/**
 * The password of an HTTP Basic header whose user is the charger, compared case-insensitively; undefined when the
 * header is malformed or names another user. A charger's id may hold colons, so the user is known before it is looked for.
 * Gives one character for each byte: some chargers send bytes that are not text.
 */
export function basicPassword(header: string | undefined, chargerId: string): string | undefined {
  const encoded = /^basic\s+([A-Za-z0-9+/_-]+=*)\s*$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('latin1');
  const user = `${chargerId}:`;
  return decoded.slice(0, user.length).toLowerCase() === user.toLowerCase()
    ? decoded.slice(user.length)
    : undefined;
}
