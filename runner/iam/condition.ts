import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject, asStrings } from '../template/json-object.ts';
import { arnWildcard, wildcard } from './wildcard.ts';

/** Values of a request by condition key, as in `aws:SecureTransport`; a key such as `dynamodb:LeadingKeys` has many. */
export type RequestValues = Readonly<Record<string, string | readonly string[]>>;

/** True if a statement with this condition applies to a request. */
export type Condition = (values: RequestValues) => boolean;

type Operator = (wanted: string) => (value: string) => boolean;

const forAll = 'ForAllValues:';

const operators: Readonly<Record<string, Operator>> = {
  ArnEquals: matching(arnWildcard),
  ArnLike: matching(arnWildcard),
  Bool: (wanted) => (value) => value.toLowerCase() === wanted.toLowerCase(),
  StringEquals: (wanted) => (value) => value === wanted,
  StringLike: matching(wildcard),
};

/**
 * Reads the `Condition` of a statement. All its keys must match, each with one of its values;
 * a key that a request does not carry does not match. With `ForAllValues:` before the operator every value of the request
 * must match, also where it carries none.
 * Refuses with `UNKNOWN_CONDITION` an operator that the runner does not know; `at` names the place.
 */
export function readCondition(document: unknown, at: string): Condition {
  const tests = Object.entries(asJsonObject(document)).flatMap(([name, keys]) => {
    const isForAll = name.startsWith(forAll);
    const operator = operators[isForAll ? name.slice(forAll.length) : name];
    if (operator === undefined) {
      throw new StartRefusal(
        'UNKNOWN_CONDITION',
        `${at} uses the condition operator ${name}, which the runner does not know.`,
      );
    }
    return Object.entries(asJsonObject(keys)).map(([key, wanted]) => ({
      key,
      isForAll,
      alternatives: asStrings(wanted).map(operator),
    }));
  });
  return (values) =>
    tests.every(({ key, isForAll, alternatives }) => {
      const value = values[key];
      const fits = (one: string): boolean => alternatives.some((matches) => matches(one));
      return isForAll ? [value ?? []].flat().every(fits) : typeof value === 'string' && fits(value);
    });
}

function matching(compile: (pattern: string) => RegExp): Operator {
  return (wanted) => {
    const pattern = compile(wanted);
    return (value) => pattern.test(value);
  };
}
