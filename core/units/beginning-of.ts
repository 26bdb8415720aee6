/** A text that ends with the first half of a character of two halves. */
const endsInHalf = /[\ud800-\udbff]$/;

/** The beginning of a text, of at most so many characters (UTF-16), without half of one at its end: no database and no URL takes halves. */
export function beginningOf(text: string, most: number): string {
  const begin = text.slice(0, most);
  const isCut = text.length > most && endsInHalf.test(begin);
  return (isCut ? begin.slice(0, -1) : begin).toWellFormed();
}
