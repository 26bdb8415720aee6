import { distanceKm, type Point } from '../../../core/ocpi/received/area.ts';
import { hasWords } from '../../../core/ocpi/received/search-words.ts';
import type { Database } from '../table/client.ts';
import { getItems } from '../table/get-item.ts';
import { receivedKey } from '../table/keys/received-keys.ts';
import { type HeldLocation, heldLocationFrom } from './held-location.ts';

/** Which locations of partners are asked for. */
export type LocationSearch = {
  /** Only those at most so many km from a point, the nearest first. */
  readonly around?: Point & { readonly km: number };
  /** Only those that have words that begin so. */
  readonly text?: string | undefined;
  /** Only those that give so much power, W. */
  readonly powerW?: number | undefined;
  /** Only those with an EVSE that a driver can use now. */
  readonly free?: boolean | undefined;
  readonly partnerId?: string | undefined;
};

/** A location that was found, with its distance where it was searched around a point. */
export type FoundLocation = HeldLocation & { readonly km?: number };

const pointOf = ({ head }: HeldLocation): Point => ({
  latitude: Number(head.coordinates.latitude),
  longitude: Number(head.coordinates.longitude),
});

/** Says whether a location is one that is asked for. */
export const isWanted = (
  location: HeldLocation,
  { around, text: asked, powerW = 0, free, partnerId }: LocationSearch,
): boolean =>
  (asked === undefined || hasWords(location.head, asked)) &&
  location.figures.powerW >= powerW &&
  (free !== true || location.figures.free > 0) &&
  (partnerId === undefined || location.from.partnerId === partnerId) &&
  (around === undefined || distanceKm(around, pointOf(location)) <= around.km);

/** An entry of a list of locations: our id, and its place in the list. */
export type LocationEntry = { readonly sort: string; readonly id: string; readonly km?: number };

/** Reads the locations of entries. */
export async function locationsOf(
  database: Database,
  operatorId: string,
  entries: readonly LocationEntry[],
): Promise<readonly (LocationEntry & { readonly location: HeldLocation })[]> {
  const keys = entries.map(({ id }) => receivedKey(operatorId, id));
  const items = await getItems(database, keys);
  return entries.flatMap((entry, at) => {
    const item = items[at];
    return item === undefined ? [] : [{ ...entry, location: heldLocationFrom(item) }];
  });
}
