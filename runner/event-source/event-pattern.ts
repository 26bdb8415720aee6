import { StartRefusal } from '../start-refusal.ts';
import { isJsonObject, type JsonObject } from '../template/json-object.ts';

/** A pattern of Lambda's event filtering, which is EventBridge's. */
export type EventPattern = JsonObject;

/** Tests one value that is there. */
type Test = (value: unknown, expected: unknown) => boolean;

const tests: Readonly<Record<string, Test>> = {
  prefix: (value, start) => typeof value === 'string' && value.startsWith(String(start)),
  suffix: (value, end) => typeof value === 'string' && value.endsWith(String(end)),
  'equals-ignore-case': (value, text) =>
    typeof value === 'string' && value.toLowerCase() === String(text).toLowerCase(),
  'anything-but': (value, but) => !isOneOf(value, Array.isArray(but) ? but : [but]),
  // As on AWS, numbers of DynamoDB are strings and never numeric.
  numeric: (value, bounds) => typeof value === 'number' && isWithin(value, bounds as unknown[]),
  exists: (_value, wanted) => wanted === true,
};

/** Reads a pattern; refuses with `FILTER_UNSUPPORTED` what the runner cannot match. */
export function parseEventPattern(text: string): EventPattern {
  const pattern: unknown = JSON.parse(text);
  const unknown = findUnknown(pattern);
  if (!isJsonObject(pattern) || unknown !== undefined) {
    throw new StartRefusal(
      'FILTER_UNSUPPORTED',
      `The local stack cannot match ${JSON.stringify(unknown ?? pattern)} in an event filter.`,
    );
  }
  return pattern;
}

/** Whether an event has all fields of a pattern, each with one of the values it lists. */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  const fields = isJsonObject(event) ? event : {};
  return Object.entries(pattern).every(([name, expected]) => {
    if (name === '$or') {
      return (expected as EventPattern[]).some((each) => matchesPattern(each, event));
    }
    return Array.isArray(expected)
      ? matchesField(expected, fields[name])
      : matchesPattern(expected as EventPattern, fields[name]);
  });
}

function matchesField(matchers: readonly unknown[], field: unknown): boolean {
  if (field === undefined) {
    return matchers.some((matcher) => isJsonObject(matcher) && matcher['exists'] === false);
  }
  const values = Array.isArray(field) ? field : [field];
  return values.some((value) => isOneOf(value, matchers));
}

function isOneOf(value: unknown, matchers: readonly unknown[]): boolean {
  return matchers.some((matcher) =>
    isJsonObject(matcher)
      ? Object.entries(matcher).every(([name, expected]) => tests[name]?.(value, expected))
      : matcher === value,
  );
}

function isWithin(value: number, bounds: readonly unknown[]): boolean {
  for (let index = 0; index < bounds.length; index += 2) {
    if (!compare(value, String(bounds[index]), Number(bounds[index + 1]))) {
      return false;
    }
  }
  return true;
}

function compare(value: number, operator: string, bound: number): boolean {
  switch (operator) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    default:
      return value === bound;
  }
}

function findUnknown(pattern: unknown): unknown {
  if (!isJsonObject(pattern)) {
    return pattern;
  }
  for (const [name, expected] of Object.entries(pattern)) {
    const unknown = Array.isArray(expected)
      ? expected.find((each) => (name === '$or' ? findUnknown(each) : !isKnownMatcher(each)))
      : findUnknown(expected);
    if (unknown !== undefined) {
      return unknown;
    }
  }
  return undefined;
}

function isKnownMatcher(matcher: unknown): boolean {
  return !isJsonObject(matcher) || Object.keys(matcher).every((name) => name in tests);
}
