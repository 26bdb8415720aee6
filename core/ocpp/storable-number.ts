/** A number that a charger may have made up, where it is a whole one that can be stored. */
export const storableNumber = (number: number | undefined): number | undefined =>
  number !== undefined && Number.isSafeInteger(number) ? number : undefined;
