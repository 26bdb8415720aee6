import type { JsonLiteral } from '../../units/json-literals.ts';
import { writeJsonLiterals } from '../../units/write-json-literals.ts';
import type { PatchRules } from './patch-object.ts';

type Properties = { readonly [name: string]: JsonLiteral };

/** The push that brings a partner from one state of an object to the next. */
export type Push =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'patch'; readonly patch: Properties }
  /** The object whole: something was taken away, or a list changed other than at its end. */
  | { readonly kind: 'put' };

const same = (a: JsonLiteral, b: JsonLiteral): boolean =>
  writeJsonLiterals(a) === writeJsonLiterals(b);

/** The items behind those that a partner already has; undefined if one of these changed. */
const appended = (before: JsonLiteral, after: JsonLiteral): readonly JsonLiteral[] | undefined => {
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const isLonger = before.every((item: JsonLiteral, at) => {
    const now: JsonLiteral | undefined = after[at];
    return now !== undefined && same(item, now);
  });
  return isLonger ? after.slice(before.length) : undefined;
};

/** The part of a field that a patch carries; undefined where the partner has it already, `put` where no patch can say it. */
const changeOf = (
  held: JsonLiteral | undefined,
  value: JsonLiteral,
  appends: boolean,
): JsonLiteral | undefined | 'put' => {
  if (held !== undefined && same(held, value)) return undefined;
  return appends ? (appended(held ?? [], value) ?? 'put') : value;
};

/**
 * The smallest push from the state that a partner has to the next one, both in the words of its version. Nothing is sent
 * when nothing but `last_updated` differs.
 */
export const patchBetween = (before: Properties, after: Properties, rules: PatchRules): Push => {
  if (Object.keys(before).some((name) => !Object.hasOwn(after, name))) return { kind: 'put' };
  const { last_updated: stamp, ...others } = after;
  const changes = Object.entries(others).map(
    ([name, value]) => [name, changeOf(before[name], value, rules.appends.includes(name))] as const,
  );
  if (changes.some(([name, change]) => rules.appends.includes(name) && change === 'put')) {
    return { kind: 'put' };
  }
  const patch = Object.fromEntries(
    changes.flatMap(([name, change]) => (change === undefined ? [] : [[name, change] as const])),
  );
  if (Object.keys(patch).length === 0) return { kind: 'nothing' };
  return {
    kind: 'patch',
    patch: { ...patch, ...(stamp === undefined ? {} : { last_updated: stamp }) },
  };
};
