/** Whole numbers as spans in ascending order, as in 3–7, 9–9. */
export type CountedSequences = readonly (readonly [first: number, last: number])[];

/** Reads `3-7,9`. */
export const parseCounted = (text: string): CountedSequences =>
  text === ''
    ? []
    : text.split(',').map((span) => {
        const [first, last = first] = span.split('-').map(Number);
        return [first ?? 0, last ?? 0];
      });

/** Writes spans as `3-7,9`: a CDR after the other takes no more room. */
export const formatCounted = (counted: CountedSequences): string =>
  counted.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');

/** True if the number is within a span. */
export const isCounted = (counted: CountedSequences, sequence: number): boolean =>
  counted.some(([first, last]) => first <= sequence && sequence <= last);

/** The spans with another number. */
export function withCounted(counted: CountedSequences, sequence: number): CountedSequences {
  if (isCounted(counted, sequence)) return counted;
  const before = counted.filter(([, last]) => last < sequence - 1);
  const after = counted.filter(([first]) => first > sequence + 1);
  const [first] = counted.find(([, last]) => last === sequence - 1) ?? [sequence];
  const [, last] = counted.find(([from]) => from === sequence + 1) ?? [0, sequence];
  return [...before, [first, last], ...after];
}
