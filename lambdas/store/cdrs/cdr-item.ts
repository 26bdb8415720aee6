import type { Cdr, CdrContent, CdrSeal } from '../../../core/cdr/model/cdr.ts';
import { type Item, optionalText, toItem } from '../table/item.ts';
import { cdrItemKey } from '../table/keys/cdr-keys.ts';
import { lists } from '../table/keys/lists.ts';
import { heldKey } from '../table/keys/session-keys.ts';
import { ownerEntries } from '../table/list-owner.ts';
import { packedText, unpackedText } from '../table/packed-text.ts';

/** The dictionary that CDRs are packed with from now on. */
const dictionary = 2;

/** A sealed CDR as it is kept: its content as canonical JSON, byte for byte what was hashed. */
export type SealedCdr = { readonly content: string; readonly seal: CdrSeal };

/** Reads the seal of a CDR from its item; undefined for one that is held. */
export const sealFrom = (item: Item): CdrSeal | undefined =>
  item['seal'] === undefined ? undefined : (JSON.parse(unpackedText(item, 'seal')) as CdrSeal);

/** Reads the content of a CDR, sealed or held, from its item: a sealed one never changes, and this store alone writes it. */
export const contentFrom = (item: Item): CdrContent =>
  JSON.parse(unpackedText(item, 'content')) as CdrContent;

/** Reads a CDR, sealed, credited or held, from its item. */
export function cdrFrom(item: Item): Cdr {
  const content = contentFrom(item);
  const seal = sealFrom(item);
  if (seal === undefined) return { ...content, state: 'held', seal: null };
  const creditedBy = optionalText(item, 'creditedBy');
  return creditedBy === undefined
    ? { ...content, state: 'sealed', seal }
    : { ...content, state: 'credited', creditedBy, seal };
}

/** Where a CDR belongs, and by what it is listed. */
export type CdrPlace = {
  readonly operatorId: string;
  readonly sessionId: string;
  readonly chargerKey: string;
  readonly shard: number;
  /** The location of its charger and the account of its token, by which it is listed too. */
  readonly locationId?: string | undefined;
  readonly accountId?: string | undefined;
  /** ISO 8601 in UTC with milliseconds. */
  readonly endedAt: string;
  readonly cdrId: string;
};

/** The list in which a CDR is found: by the end of its session, then by its id. */
export const listedCdr = (place: CdrPlace, state: Cdr['state']) => ({
  listKey: lists.cdrs(place.operatorId, state, place.shard),
  listSort: `${place.endedAt}#${place.cdrId}`,
  // Sealed ones are listed by their owners too, and those of the other states searched for among all of the operator.
  ...(state === 'sealed'
    ? {}
    : {
        chargerKey: place.chargerKey,
        ...ownerEntries('rare-cdr', place),
      }),
});

/** The item of a sealed CDR. */
export const sealedItem = (place: CdrPlace, cdr: SealedCdr): Item => ({
  ...toItem({
    ...cdrItemKey(place.chargerKey, cdr.seal.sequence),
    kind: 'CDR',
    ...listedCdr(place, 'sealed'),
    // For whoever sums it up, who then need not read the session.
    locationId: place.locationId,
  }),
  content: packedText(cdr.content, dictionary),
  // Signature and hashes are hexadecimal and base64 by the API: packed they are bytes again, or nearly.
  seal: packedText(JSON.stringify(cdr.seal), dictionary),
});

/** The item of a held CDR. */
export const heldItem = (place: CdrPlace, content: string): Item => ({
  ...toItem({
    ...heldKey(place.sessionId),
    kind: 'HELD',
    sessionId: place.sessionId,
    ...listedCdr(place, 'held'),
  }),
  content: packedText(content, dictionary),
});
