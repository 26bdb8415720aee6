/** The later of two times, both ISO 8601 in UTC with milliseconds. */
export const laterOf = (a: string, b: string): string => [a, b].toSorted().at(-1) ?? a;
