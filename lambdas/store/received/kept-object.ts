import { fromKeptText, toKeptText } from '../../../core/ocpi/codec/kept-text.ts';
import type { Item } from '../table/item.ts';
import { packText, unpackedText } from '../table/packed-text.ts';

/** The dictionary that objects are packed with. */
const dictionary = 2;

/** Bytes of an object before it is packed, and of one in an item of the database, which holds 400 KB. */
const most = { text: 1_000_000, packed: 380_000 } as const;

/** Packs an object of a partner; undefined where it is larger than an item holds. */
export const keptObject = (object: object): Item[string] | undefined => {
  const text = toKeptText(object);
  if (Buffer.byteLength(text, 'utf8') > most.text) return undefined;
  const packed = packText(text, dictionary);
  return packed.length > most.packed ? undefined : { B: packed };
};

/** Packs an object of a partner and the place that it embeds for one item; undefined where both are larger than an item holds; else with the bytes that are free. */
export function keptWithPlace(
  object: object,
  place: object | undefined,
): { readonly attributes: Item; readonly free: number } | undefined {
  const packed = keptObject(object);
  const packedPlace = place && keptObject(place);
  if (packed === undefined || (place !== undefined && packedPlace === undefined)) return undefined;
  const free = most.packed - (packed.B?.length ?? 0) - (packedPlace?.B?.length ?? 0);
  const placed = packedPlace === undefined ? {} : { place: packedPlace };
  return free < 0 ? undefined : { attributes: { object: packed, ...placed }, free };
}

/** Reads an object of a partner from an item. */
export const keptObjectFrom = <T extends object>(item: Item, name = 'object'): T =>
  fromKeptText<T>(unpackedText(item, name));
