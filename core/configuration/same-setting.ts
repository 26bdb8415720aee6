const plainPart = (part: string): string => {
  const text = part.trim();
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase();
  return /^\d{1,15}$/.test(text) ? String(Number(text)) : text;
};

/**
 * A value without what chargers write differently: spaces, the case of yes and no, zeros in front of numbers, and the order of a list
 * of words. That of numbers is a priority, and means something.
 */
function plain(value: string): string {
  const parts = value.split(',').map(plainPart);
  const isOfWords = parts.every((part) => !/^\d*$/.test(part));
  return (isOfWords ? parts.toSorted() : parts).join(',');
}

/** Whether two values of a setting mean the same; a setting that is known and not set is empty. */
export const isSameSetting = (a: string, b: string | undefined): boolean =>
  plain(a) === plain(b ?? '');
