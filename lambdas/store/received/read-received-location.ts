import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import type { Database } from '../table/client.ts';
import { getItem, getItems } from '../table/get-item.ts';
import { receivedEvseKey, receivedEvsePrefix, receivedKey } from '../table/keys/received-keys.ts';
import {
  type HeldEvse,
  type HeldLocation,
  heldEvseFrom,
  heldLocationFrom,
} from './held-location.ts';
import { readPartition } from './read-partition.ts';

/** A location of a partner with all of its EVSEs, in the order in which they were sent. */
export type WholeLocation = HeldLocation & { readonly evses: readonly HeldEvse[] };

/** The location of the model: the head with its EVSEs. */
export const locationOf = ({ head, evses }: WholeLocation): PartnerLocation => ({
  ...head,
  evses: evses.map(({ evse }) => evse),
});

/** Reads a location of a partner without its EVSEs, by our id. */
export async function readHeldLocation(
  database: Database,
  operatorId: string,
  id: string,
): Promise<HeldLocation | undefined> {
  const item = await getItem(database, receivedKey(operatorId, id), true);
  return item === undefined ? undefined : heldLocationFrom(item);
}

/** Reads a location of a partner with its EVSEs: 4 KB for each eight of them or so. */
export async function readWholeLocation(
  database: Database,
  operatorId: string,
  id: string,
): Promise<WholeLocation | undefined> {
  const { pk, sk } = receivedKey(operatorId, id);
  const items = await readPartition(database, pk);
  const head = items.find((item) => item['sk']?.S === sk);
  if (head === undefined) return undefined;
  const evses = items
    .filter((item) => item['sk']?.S?.startsWith(receivedEvsePrefix))
    .map(heldEvseFrom);
  return { ...heldLocationFrom(head), evses: evses.toSorted((a, b) => a.place - b.place) };
}

/** Reads one EVSE with its location, in one request; undefined where there is no such location. */
export async function readHeldEvse(
  database: Database,
  operatorId: string,
  id: string,
  uid: string,
): Promise<{ readonly location: HeldLocation; readonly held: HeldEvse | undefined } | undefined> {
  const keys = [receivedKey(operatorId, id), receivedEvseKey(operatorId, id, uid)];
  const [head, evse] = await getItems(database, keys, true);
  if (head === undefined) return undefined;
  return { location: heldLocationFrom(head), held: evse && heldEvseFrom(evse) };
}
