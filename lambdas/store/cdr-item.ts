import type { Cdr, CdrContent, CdrSeal } from '../../core/cdr/model/cdr.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { type Item, number, optionalMap, optionalText, text, toItem } from './table/item.ts';
import { cdrItemKey, chargerLists, heldKey, lists } from './table/keys.ts';
import { packedText, unpackedText } from './table/packed-text.ts';

/** A sealed CDR as it is kept: its content as canonical JSON, byte for byte what was hashed. */
export type SealedCdr = { readonly content: string; readonly seal: CdrSeal };

const sealFrom = (item: Item): CdrSeal =>
  omitUndefined({
    sequence: number(item, 'sequence'),
    previousHash: text(item, 'previousHash'),
    hash: text(item, 'hash'),
    signature: text(item, 'signature'),
    keyId: text(item, 'keyId'),
    publicKey: optionalText(item, 'publicKey'),
  });

// A sealed CDR never changes, and this store alone writes it.
const contentFrom = (item: Item): CdrContent =>
  JSON.parse(unpackedText(item, 'content')) as CdrContent;

/** Reads a CDR, sealed, credited or held, from its item. */
export function cdrFrom(item: Item): Cdr {
  const content = contentFrom(item);
  const seal = optionalMap(item, 'seal');
  if (seal === undefined) return { ...content, state: 'held', seal: null };
  const creditedBy = optionalText(item, 'creditedBy');
  return creditedBy === undefined
    ? { ...content, state: 'sealed', seal: sealFrom(seal) }
    : { ...content, state: 'credited', creditedBy, seal: sealFrom(seal) };
}

/** Where a CDR belongs, and by what it is listed. */
export type CdrPlace = {
  readonly operatorId: string;
  readonly sessionId: string;
  readonly chargerKey: string;
  readonly shard: number;
  /** ISO 8601 in UTC with milliseconds. */
  readonly endedAt: string;
  readonly cdrId: string;
};

/** The list in which a CDR is found: by the end of its session, then by its id. */
export const listedCdr = (place: CdrPlace, state: Cdr['state']) => ({
  listKey: lists.cdrs(place.operatorId, state, place.shard),
  listSort: `${place.endedAt}#${place.cdrId}`,
  chargerListKey: chargerLists.cdrs(place.chargerKey),
});

/** The item of a sealed CDR. */
export const sealedItem = (place: CdrPlace, cdr: SealedCdr): Item => ({
  ...toItem({
    ...cdrItemKey(place.chargerKey, cdr.seal.sequence),
    kind: 'CDR',
    sessionId: place.sessionId,
    seal: { ...cdr.seal },
    ...listedCdr(place, 'sealed'),
  }),
  content: packedText(cdr.content),
});

/** The item of a held CDR. */
export const heldItem = (place: CdrPlace, content: string): Item => ({
  ...toItem({
    ...heldKey(place.sessionId),
    kind: 'HELD',
    sessionId: place.sessionId,
    ...listedCdr(place, 'held'),
  }),
  content: packedText(content),
});
