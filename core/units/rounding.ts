/** How a fraction becomes a whole number; ties go away from zero (`half-up`) or to the even neighbour (`half-even`). */
export type RoundingMode = 'half-up' | 'half-even';

const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);

const roundMagnitude = (n: bigint, d: bigint, tieGoesUp: (whole: bigint) => boolean): bigint => {
  const whole = n / d;
  const doubledRest = (n % d) * 2n;
  const goesUp = doubledRest > d || (doubledRest === d && tieGoesUp(whole));
  return goesUp ? whole + 1n : whole;
};

const roundWith = (n: bigint, d: bigint, tieGoesUp: (whole: bigint) => boolean): bigint => {
  if (d === 0n) throw new Error('A fraction has no denominator 0.');
  const rounded = roundMagnitude(magnitude(n), magnitude(d), tieGoesUp);
  // Symmetric about zero, so that a credit is the exact negative of what it credits.
  return n < 0n !== d < 0n ? -rounded : rounded;
};

/** Rounds n/d to a whole number, ties away from zero: 5/2 is 3, -5/2 is -3. Throws on d = 0. */
export const roundHalfUp = (n: bigint, d: bigint): bigint => roundWith(n, d, () => true);

/** Rounds n/d to a whole number, ties to the even neighbour: 5/2 is 2, 7/2 is 4, -5/2 is -2. Throws on d = 0. */
export const roundHalfEven = (n: bigint, d: bigint): bigint =>
  roundWith(n, d, (whole) => whole % 2n === 1n);

/** Rounds n/d to a whole number by a named mode. */
export const roundBy = (mode: RoundingMode, n: bigint, d: bigint): bigint => {
  switch (mode) {
    case 'half-up':
      return roundHalfUp(n, d);
    case 'half-even':
      return roundHalfEven(n, d);
    default:
      return mode satisfies never;
  }
};

/** The next multiple of `step` at or above an amount ≥ 0, as a step size bills it; a step of 0 changes nothing. */
export const roundUpToStep = (amount: bigint, step: bigint): bigint =>
  step <= 0n ? amount : ((amount + step - 1n) / step) * step;
