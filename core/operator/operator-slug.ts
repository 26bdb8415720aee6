const longest = 32;

/** True for text that can name an operator in the URL of a charger: 1 to 32 lower-case letters, digits and hyphens within. */
export const isOperatorSlug = (text: string): boolean =>
  /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/.test(text);

/** Slugs are compared without case, as charger ids are. */
export const normalizeOperatorSlug = (slug: string): string => slug.toLowerCase();

/**
 * The slug that an operator's name suggests, as `stadtwerke-koln` for "Stadtwerke Köln"; `operator` where the name has no
 * Latin letter or digit. `attempt` counts from 1 and is appended from the second on: another operator may have the first.
 */
export function suggestOperatorSlug(name: string, attempt: number): string {
  const plain = name
    .toUpperCase()
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest - 4)
    .replace(/^-+|-+$/g, '');
  const slug = plain === '' ? 'operator' : plain;
  return attempt === 1 ? slug : `${slug}-${attempt}`;
}
