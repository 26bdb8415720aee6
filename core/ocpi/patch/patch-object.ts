import type { JsonLiteral } from '../../units/json-literals.ts';
import type { DocumentProblem } from '../document-field.ts';
import { isOutdated } from '../received/times-ahead.ts';

type Properties = { readonly [name: string]: JsonLiteral };

/** How the parts of a module's objects behave in a PATCH. */
export type PatchRules = {
  /** Lists that a PATCH adds to; every other one is replaced whole. */
  readonly appends: readonly string[];
  /** Fields that cannot be taken away. */
  readonly required: readonly string[];
  /** Names that one field has in the versions and at partners, each of which is read. */
  readonly spellings?: readonly (readonly string[])[];
};

/** An object after a PATCH, or why there is none. */
export type Patched =
  | { readonly kind: 'patched'; readonly object: Properties }
  /** Older than what is held: nothing changes, and the partner gets success. */
  | { readonly kind: 'outdated' }
  | { readonly kind: 'invalid'; readonly problems: readonly DocumentProblem[] };

const faultsOf = (patch: Properties, { required }: PatchRules): readonly DocumentProblem[] => {
  const removed = required
    .filter((name) => patch[name] === null)
    .map((path) => ({ path, message: 'This cannot be taken away.' }));
  return typeof patch['last_updated'] === 'string'
    ? removed
    : [...removed, { path: 'last_updated', message: 'A PATCH needs this.' }];
};

/** A patch whose fields have the names that the object has them by: of two names for one field the other would count. */
const spelledAs = (held: Properties, patch: Properties, { spellings = [] }: PatchRules) =>
  Object.fromEntries(
    Object.entries(patch).map(([name, value]): [string, JsonLiteral] => {
      const names = spellings.find((each) => each.includes(name)) ?? [];
      return [names.find((each) => Object.hasOwn(held, each)) ?? name, value];
    }),
  );

/**
 * Applies a PATCH of a partner, received at a time in ISO 8601 in UTC, to the object as it was held. Fields that are given are replaced, lists whole but for
 * those that the module appends to; `null` takes an optional field away, which the text leaves open.
 */
export const patchObject = (
  held: Properties,
  sent: Properties,
  rules: PatchRules,
  receivedAt: string,
): Patched => {
  const patch = spelledAs(held, sent, rules);
  const problems = faultsOf(patch, rules);
  if (problems.length > 0) return { kind: 'invalid', problems };
  if (isOutdated(patch['last_updated'], held['last_updated'], receivedAt)) {
    return { kind: 'outdated' };
  }
  const merged = Object.entries({ ...held, ...patch }).flatMap(
    ([name, value]): readonly (readonly [string, JsonLiteral])[] => {
      if (value === null) return [];
      const before = held[name];
      const adds = rules.appends.includes(name) && Object.hasOwn(patch, name);
      return adds && Array.isArray(before) && Array.isArray(value)
        ? [[name, [...before, ...value]]]
        : [[name, value]];
    },
  );
  return { kind: 'patched', object: Object.fromEntries(merged) };
};
