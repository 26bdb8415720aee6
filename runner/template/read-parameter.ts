import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject, asStrings } from './json-object.ts';

const knownMembers = new Set(['AllowedPattern', 'AllowedValues', 'Default', 'Description', 'Type']);

/**
 * The value of a stack's parameter: what is given, else its default. `at` names it, as in `JoulegateService/ChargerUrl`.
 * Refuses with `PARAMETER_INVALID` a missing value and one that the declaration does not allow.
 */
export function readParameter(declaration: unknown, given: string | undefined, at: string): string {
  const declared = asJsonObject(declaration);
  const unknown = Object.keys(declared).find((member) => !knownMembers.has(member));
  if (unknown !== undefined) {
    throw refusal(`The parameter ${at} has ${unknown}, which the runner does not know.`);
  }
  const value = given ?? declared['Default'];
  if (value === undefined) {
    throw refusal(`The parameter ${at} has no value and no default.`);
  }
  const text = String(value);
  const { AllowedPattern, AllowedValues } = declared;
  const fits =
    (AllowedPattern === undefined || new RegExp(`^(?:${AllowedPattern})$`).test(text)) &&
    (AllowedValues === undefined || asStrings(AllowedValues).includes(text));
  if (!fits) {
    throw refusal(`The parameter ${at} does not allow the value ${JSON.stringify(text)}.`);
  }
  return text;
}

function refusal(message: string): StartRefusal {
  return new StartRefusal('PARAMETER_INVALID', message);
}
