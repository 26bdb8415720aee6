import type {
  RegisterPoint,
  RegisterRules,
  RegisterStep,
} from '../register/count-register-energy.ts';
import { anyChargerBound } from '../register/physical-bound.ts';
import { continues } from '../register/register-readings.ts';
import { energyUpTo } from './energy-up-to.ts';

/** A rise of less than this, in mWh, may be rounding: 200 Wh, two steps of a meter that counts in 100 Wh. */
const coarse = 200_000n;

/** So many readings that rise are a counter, though it shows less than was counted. */
const fewest = 3;

/**
 * True if registers beside the one that was counted are a counter of their own, which runs on by itself, and show another energy over their
 * time: more or less by a quarter and 200 Wh. Two registers of one meter agree; of two that do not, nothing says which one is right.
 */
export const disagrees = (
  others: readonly RegisterPoint[],
  steps: readonly RegisterStep[],
  { bound = anyChargerBound }: Pick<RegisterRules, 'bound'>,
): boolean => {
  const [first, last] = [others[0], others.at(-1)];
  if (first === undefined || last === undefined || first.at === last.at) return false;
  const isCounter = others.every(
    (point, n) => n === 0 || continues(others[n - 1] ?? point, point, bound),
  );
  const risen = last.value - first.value;
  if (!isCounter || risen <= 0n) return false;
  const counted = energyUpTo(steps, last.at) - energyUpTo(steps, first.at);
  const [low, high] = risen < counted ? [risen, counted] : [counted, risen];
  const isEnough = risen > counted || new Set(others.map(({ value }) => value)).size >= fewest;
  return isEnough && high > low + low / 4n + coarse;
};

/** A register of less, in mWh, shows no unit: 10 Wh. */
const aboutZero = 10_000n;

/** How far a register in kWh and the same in Wh are apart at most, in mWh as they are labelled: 1 Wh. */
const sameInKwh = 1000n;

/** True if a register that was left out is a thousand times one that counted: they are the same, and that one counts kWh though it says Wh. */
export const areThousandfold = (
  others: readonly RegisterPoint[],
  counted: readonly RegisterPoint[],
): boolean =>
  others.some((other) =>
    counted.some(({ value }) => {
      const apart = other.value / 1000n - value;
      return value >= aboutZero && apart <= sameInKwh && -apart <= sameInKwh;
    }),
  );
