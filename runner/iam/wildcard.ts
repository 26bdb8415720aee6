/** Matches a whole text against a pattern in which `*` is any text and `?` any character. */
export function wildcard(pattern: string, flags = ''): RegExp {
  return new RegExp(`^${translate(pattern, '.')}$`, `s${flags}`);
}

/**
 * Matches an ARN, part by part: before the last of the six parts a wildcard does not reach over a colon.
 * A lone `*` matches everything.
 */
export function arnWildcard(pattern: string): RegExp {
  if (pattern === '*') {
    return wildcard(pattern);
  }
  const parts = pattern.split(':');
  const leading = parts.slice(0, 5).map((part) => translate(part, '[^:]'));
  const last = translate(parts.slice(5).join(':'), '.');
  return new RegExp(`^${[...leading, ...(parts.length > 5 ? [last] : [])].join(':')}$`, 's');
}

function translate(pattern: string, anyCharacter: string): string {
  return pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', `${anyCharacter}*`)
    .replaceAll('?', anyCharacter);
}
