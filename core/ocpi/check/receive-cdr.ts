import type { Context } from '../codec/context.ts';
import { lossesBetween } from '../codec/losses.ts';
import type { Pair } from '../codec/translation.ts';
import { differenceOf } from '../common/decimal-text.ts';
import type { PartnerCdr } from '../model/cdr.ts';
import type { PartnerLocation } from '../model/location.ts';

/** The arrival of a CDR whose id may be held already. */
export type CdrArrival =
  | { readonly kind: 'new' }
  /** The same again, as after an answer that was lost: success, and nothing changes. */
  | { readonly kind: 'repeated' }
  /** Another content under the same id: CDRs never change. The paths that differ, in the words of the version that it came in. */
  | { readonly kind: 'contradicts'; readonly paths: readonly string[] };

/** A CDR that a partner sent, with the location that 2.1.1 embeds in it. */
export type SentCdr = { readonly cdr: PartnerCdr; readonly place?: PartnerLocation };

/** The words that a partner speaks. */
export type SpokenCdr = { readonly pair: Pair<PartnerCdr>; readonly context: Context };

/** Whether a property is no other content of a CDR: when it was written, and whether its negative total was agreed to by then. */
const isNoContent = (path: string, { totalCost }: PartnerCdr): boolean =>
  path === 'lastUpdated' || (path === 'credit' && totalCost.exclVat.startsWith('-'));

const differing = (held: PartnerCdr, received: PartnerCdr): readonly string[] =>
  lossesBetween(held, received)
    .map(({ path }) => path)
    .filter((path) => !isNoContent(path, held));

const inSnakeCase = (path: string): string =>
  path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The paths of a document by which two CDRs differ; by our names where the version says both alike, as a seventh decimal. */
function pathsInDocuments(
  held: SentCdr,
  received: SentCdr,
  { pair, context }: SpokenCdr,
): readonly string[] {
  const [before, after] = [held, received].map(({ cdr, place }) =>
    pair.to(cdr, { ...context, isEcho: true, ...(place === undefined ? {} : { location: place }) }),
  );
  const paths =
    before?.kind === 'translated' && after?.kind === 'translated'
      ? lossesBetween(before.object, after.object).map(({ path }) => path)
      : [];
  const named = paths.filter((path) => path !== 'last_updated');
  return named.length > 0 ? named : differing(held.cdr, received.cdr).map(inSnakeCase);
}

/** Whether two CDRs bill the same to the last digit, which a version that writes fewer of them hides. */
const isSameBill = (a: PartnerCdr, b: PartnerCdr): boolean =>
  differenceOf(a.totalCost.exclVat, b.totalCost.exclVat) === '0' &&
  differenceOf(a.totalEnergy, b.totalEnergy) === '0';

/** A CDR as a reader has it that is said in the words which its partner speaks by now; undefined where it cannot be said. */
const asSpoken = (
  { cdr }: SentCdr,
  { pair, context }: SpokenCdr,
  location: PartnerLocation | undefined,
): PartnerCdr | undefined => {
  const around = { ...context, ...(location === undefined ? {} : { location }) };
  const said = pair.to(cdr, around);
  const read = said.kind === 'translated' ? pair.from(said.object, around) : undefined;
  return read?.kind === 'received' ? read.value : undefined;
};

/**
 * Judges a CDR that was posted or pulled, by what is held under its party and id. One that its partner sent in a version which says more
 * than the one that it speaks by now is the same again where it says what that version can.
 */
export const receiveCdr = (
  received: SentCdr,
  held: SentCdr | undefined,
  spoken: SpokenCdr,
): CdrArrival => {
  if (held === undefined) return { kind: 'new' };
  if (differing(held.cdr, received.cdr).length === 0) return { kind: 'repeated' };
  const inFewerWords = isSameBill(held.cdr, received.cdr)
    ? asSpoken(held, spoken, held.place ?? received.place)
    : undefined;
  return inFewerWords !== undefined && differing(inFewerWords, received.cdr).length === 0
    ? { kind: 'repeated' }
    : { kind: 'contradicts', paths: pathsInDocuments(held, received, spoken) };
};
