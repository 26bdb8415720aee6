import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject, isJsonObject, type JsonObject } from '../template/json-object.ts';

/** A pattern of Lambda's event filtering: lists of values, and whether a field exists. */
export type EventPattern = JsonObject;

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

/** True if an event has all fields of a pattern, each with one of the values it lists. */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  const fields = asJsonObject(event);
  // Every record of a stream is looked at by every mapping: no list is made for it.
  for (const name in pattern) {
    if (!matchesExpected(pattern[name], fields[name])) return false;
  }
  return true;
}

function matchesExpected(expected: unknown, field: unknown): boolean {
  if (!Array.isArray(expected)) return matchesPattern(expected as EventPattern, field);
  for (const matcher of expected) if (matchesField(matcher, field)) return true;
  return false;
}

function matchesField(matcher: unknown, field: unknown): boolean {
  if (isJsonObject(matcher)) return (field !== undefined) === matcher['exists'];
  return field === matcher;
}

function findUnknown(pattern: unknown): unknown {
  if (!isJsonObject(pattern)) {
    return pattern;
  }
  for (const [name, expected] of Object.entries(pattern)) {
    if (name.startsWith('$')) {
      return { [name]: expected };
    }
    const unknown = Array.isArray(expected)
      ? expected.find((matcher) => !isKnownMatcher(matcher))
      : findUnknown(expected);
    if (unknown !== undefined) {
      return unknown;
    }
  }
  return undefined;
}

function isKnownMatcher(matcher: unknown): boolean {
  if (!isJsonObject(matcher)) return true;
  const names = Object.keys(matcher);
  return names.length === 1 && typeof matcher['exists'] === 'boolean';
}
