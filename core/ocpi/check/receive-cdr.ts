import { lossesBetween } from '../codec/losses.ts';
import type { PartnerCdr } from '../model/cdr.ts';

/** The arrival of a CDR whose id may be held already. */
export type CdrArrival =
  | { readonly kind: 'new' }
  /** The same again, as after an answer that was lost: success, and nothing changes. */
  | { readonly kind: 'repeated' }
  /** Another content under the same id: CDRs never change. The paths that differ. */
  | { readonly kind: 'contradicts'; readonly paths: readonly string[] };

/** Whether a property is no other content of a CDR: when it was written, and whether its negative total was agreed to by then. */
const isNoContent = (path: string, { totalCost }: PartnerCdr): boolean =>
  path === 'lastUpdated' || (path === 'credit' && totalCost.exclVat.startsWith('-'));

/** Judges a CDR that was posted or pulled, by what is held under its party and id. */
export const receiveCdr = (received: PartnerCdr, held: PartnerCdr | undefined): CdrArrival => {
  if (held === undefined) return { kind: 'new' };
  const paths = lossesBetween(held, received)
    .map(({ path }) => path)
    .filter((path) => !isNoContent(path, held));
  return paths.length === 0 ? { kind: 'repeated' } : { kind: 'contradicts', paths };
};
