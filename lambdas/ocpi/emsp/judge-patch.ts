import type { Context } from '../../../core/ocpi/codec/context.ts';
import type { Pair } from '../../../core/ocpi/codec/translation.ts';
import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import { applyPatch, type SentPatch } from '../../../core/ocpi/patch/apply-patch.ts';
import type { PatchRules } from '../../../core/ocpi/patch/patch-object.ts';
import type { JsonLiteral } from '../../../core/units/json-literals.ts';
import type { Judged } from '../../roaming/receive/receiving.ts';
import { notFound } from './pushed-place.ts';

/** The names of an object, and the field of OCPI for each. */
const identity = [
  ['id', 'id'],
  ['uid', 'uid'],
  ['countryCode', 'country_code'],
  ['partyId', 'party_id'],
] as const;

/** The field of OCPI by which a patch would make another object of the one that its URL names. */
const changedIdentity = (held: object, after: object): string | undefined =>
  identity.find(([name]) => {
    const [before, now] = [Reflect.get(held, name), Reflect.get(after, name)];
    return String(before).toUpperCase() !== String(now).toUpperCase();
  })?.[1];

const otherObject = (path: string): OcpiOutcome => ({
  kind: 'invalid',
  problems: [{ path, message: 'This is not that of the URL.' }],
});

/** Judges a PATCH by the object that is held: it needs one, and an older one arrived late and changes nothing. */
export function judgePatch<T extends object>(
  pair: Pair<T> | undefined,
  held: T | undefined,
  sent: SentPatch,
  rules: PatchRules,
  context: Context,
): Judged<T> & { readonly document?: JsonLiteral } {
  if (pair === undefined || held === undefined) return notFound;
  const applied = applyPatch(pair, held, sent, rules, context);
  switch (applied.kind) {
    case 'patched': {
      const changed = changedIdentity(held, applied.value);
      if (changed !== undefined) return otherObject(changed);
      return { kind: 'keep', object: applied.value, document: applied.document };
    }
    case 'outdated':
      return { kind: 'ok' };
    case 'invalid':
      return applied;
    default:
      return applied satisfies never;
  }
}
