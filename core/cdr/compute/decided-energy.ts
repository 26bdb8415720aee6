/** More than any vehicle takes, kWh. */
const mostKwh = 100_000;

/** The rule for an energy that somebody decides on, as a sentence. */
export const decidedEnergyRule = `The value must be kWh from 0 to ${mostKwh} with at most 6 decimals.`;

/** Reads an energy that somebody decides on: kWh as a decimal text; undefined where it breaks the rule. */
export function decidedEnergy(text: string): number | undefined {
  const fits = /^\d+(?:\.\d{1,6})?$/.test(text) && Number(text) <= mostKwh;
  return fits ? Number(text) : undefined;
}
