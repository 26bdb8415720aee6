import type { JsonLiteral } from '../../units/json-literals.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { Context } from '../codec/context.ts';
import { toKeptText } from '../codec/kept-text.ts';
import type { Pair } from '../codec/translation.ts';
import { isFields } from '../common/fields.ts';
import type { DocumentProblem } from '../document-field.ts';
import { type PatchRules, patchObject } from './patch-object.ts';

/** A PATCH of a partner, and when it came, ISO 8601 in UTC. */
export type SentPatch = { readonly patch: JsonLiteral; readonly receivedAt: string };

/** An object after a PATCH in the words of a version; or that it was older, or what is wrong. */
export type Applied<T> =
  | { readonly kind: 'patched'; readonly value: T; readonly document: JsonLiteral }
  | { readonly kind: 'outdated' }
  | { readonly kind: 'invalid'; readonly problems: readonly DocumentProblem[] };

const refused = (message: string): Extract<Applied<never>, { readonly kind: 'invalid' }> => ({
  kind: 'invalid',
  problems: [{ path: '', message }],
});

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && toKeptText({ a }) === toKeptText({ a: b }));

/** The held object with the properties that a patch changed: the version may have no word for others, which stay. */
const withChanges = <T extends object>(held: T, before: T, after: T): T => {
  const names = [...Object.keys(before), ...Object.keys(after)];
  const changed = [...new Set(names)].filter(
    (name) => !isSame(Reflect.get(before, name), Reflect.get(after, name)),
  );
  const changes = Object.fromEntries(changed.map((name) => [name, Reflect.get(after, name)]));
  return omitUndefined({ ...held, ...changes }) as T;
};

/**
 * Applies a PATCH in the words of a version to an object that is held. What the patch does not name stays as it is, also where
 * the version could not say it.
 */
export const applyPatch = <T extends object>(
  pair: Pair<T>,
  held: T,
  { patch, receivedAt }: SentPatch,
  rules: PatchRules,
  around: Context,
): Applied<T> => {
  const context = { ...around, isEcho: true };
  const written = pair.to(held, context);
  if (written.kind === 'impossible') return refused(written.reason);
  const document = written.object;
  if (!isFields(document) || !isFields(patch)) return refused('This has to be an object.');
  const patched = patchObject(document, patch, rules, receivedAt);
  if (patched.kind !== 'patched') return patched;
  const [before, after] = [pair.from(document, context), pair.from(patched.object, context)];
  if (after.kind === 'malformed') return { kind: 'invalid', problems: after.problems };
  const value =
    before.kind === 'received' ? withChanges(held, before.value, after.value) : after.value;
  return { kind: 'patched', value, document: patched.object };
};
