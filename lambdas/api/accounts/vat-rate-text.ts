/** A VAT rate for people. Without one there is no VAT, or the sum is of what a minimum price or the like changed in several rates. */
export function vatRateText(sum: {
  readonly vatPercent: string | null;
  readonly exclVat: string;
  readonly inclVat: string;
}): string {
  if (sum.vatPercent !== null) return `${sum.vatPercent} %`;
  return sum.exclVat === sum.inclVat ? 'none' : 'several rates';
}
