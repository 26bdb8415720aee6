import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type { PartnerEvse } from '../../../core/ocpi/model/evse.ts';
import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import { laterOf } from '../../../core/ocpi/received/later-of.ts';
import {
  locationOf,
  readHeldEvse,
  readWholeLocation,
} from '../../store/received/read-received-location.ts';
import {
  type Written,
  writeReceivedEvse,
  writeReceivedLocation,
} from '../../store/received/write-received-location.ts';
import type { Database } from '../../store/table/client.ts';
import { type ReceivedFrom, receivedId } from '../../store/table/keys/received-keys.ts';
import { despiteOthers, type Judged, type Kept, tooLarge } from './receiving.ts';

const keptAs = (written: Written, isNew: boolean): Kept => {
  if (written === 'changed') return 'changed';
  if (written !== 'written') return tooLarge(written.tooLarge);
  return { kind: isNew ? 'created' : 'ok' };
};

/** Keeps a location of a partner as `judge` wants it by the one that is held. `receivedAt` is ISO 8601 in UTC. */
export const receiveLocation = async (
  database: Database,
  from: ReceivedFrom,
  locationId: string,
  receivedAt: string,
  judge: (held: PartnerLocation | undefined) => Judged<PartnerLocation>,
): Promise<OcpiOutcome> =>
  await despiteOthers(async () => {
    const id = receivedId('location', from, locationId);
    const held = await readWholeLocation(database, from.operatorId, id);
    const judged = judge(held && locationOf(held));
    if (judged.kind !== 'keep') return judged;
    const written = await writeReceivedLocation(database, from, held, judged.object, receivedAt);
    return keptAs(written, held === undefined);
  });

/** Keeps an EVSE whole with its location, whose figures no single EVSE tells. */
async function keepWithLocation(
  database: Database,
  from: ReceivedFrom,
  id: string,
  evse: PartnerEvse,
  receivedAt: string,
): Promise<Kept> {
  const held = await readWholeLocation(database, from.operatorId, id);
  if (held === undefined) return 'changed';
  const location = locationOf(held);
  const lastUpdated = laterOf(evse.lastUpdated, location.lastUpdated);
  const isIt = ({ uid }: PartnerEvse) => uid.toUpperCase() === evse.uid.toUpperCase();
  const evses = location.evses.map((one) => (isIt(one) ? evse : one));
  const next = { ...location, evses, lastUpdated };
  return keptAs(await writeReceivedLocation(database, from, held, next, receivedAt), false);
}

/** Keeps an EVSE of a partner as `judge` wants it by the one that is held; its location has to be held. */
export const receiveEvse = async (
  database: Database,
  from: ReceivedFrom,
  { locationId, uid }: { readonly locationId: string; readonly uid: string },
  receivedAt: string,
  judge: (held: PartnerEvse | undefined) => Judged<PartnerEvse>,
): Promise<OcpiOutcome> =>
  await despiteOthers(async () => {
    const id = receivedId('location', from, locationId);
    const found = await readHeldEvse(database, from.operatorId, id, uid);
    if (found === undefined) return { kind: 'object-not-found' };
    const judged = judge(found.held?.evse);
    if (judged.kind !== 'keep') return judged;
    const evse = judged.object;
    const written = await writeReceivedEvse(database, found.location, found.held, evse);
    return written === 'unknown-figures'
      ? await keepWithLocation(database, from, id, evse, receivedAt)
      : keptAs(written, found.held === undefined);
  });
