/** Longer than any form in which a charger writes a time. */
const longest = 100;

/** The time that a charger wrote; undefined for none, and for a text that is too long to be one: the raw payload keeps it. */
export const timestampOf = (text: string | undefined): string | undefined =>
  text === undefined || text === '' || text.length > longest ? undefined : text;
