import {
  readWaitingRoom,
  type WaitingRoomBounds,
  waitingRoomUpdate,
} from '../chargers/waiting-room.ts';
import { asRead, type IsCurrent } from '../table/as-read.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, toItem } from '../table/item.ts';
import type { Key } from '../table/keys/key.ts';
import { operatorKey } from '../table/keys/operator-keys.ts';
import { putWith } from '../table/put-with.ts';

const admissionKey = (operatorId: string): Key => ({ ...operatorKey(operatorId), sk: 'ADMISSION' });

/** Which chargers an operator lets take part. */
export type Admission = {
  /** True if a charger that is registered takes part only after it was approved. */
  readonly approveNewChargers: boolean;
};

/** Reads it; every registered charger takes part until something else was set. */
export async function readAdmission(database: Database, operatorId: string): Promise<Admission> {
  return admissionFrom(await getItem(database, admissionKey(operatorId), true));
}

const admissionFrom = (item: Item | undefined): Admission => ({
  approveNewChargers: item?.['approveNewChargers']?.BOOL === true,
});

/** Admission with the bounds of the waiting room, which are undefined while it is closed. */
export type KeptAdmission = { readonly admission: Admission; readonly room?: WaitingRoomBounds };

/** Keeps it together with the bounds of the waiting room, if what held before is what `isCurrent` takes it for. */
export async function writeAdmission(
  database: Database,
  operatorId: string,
  admission: Admission,
  bounds: WaitingRoomBounds,
  isCurrent?: IsCurrent<KeptAdmission>,
): Promise<'written' | 'changed'> {
  const Item = toItem({ ...admissionKey(operatorId), kind: 'ADMISSION', ...admission });
  if (isCurrent === undefined) {
    await putWith(database, { Item }, [waitingRoomUpdate(database, operatorId, bounds)]);
    return 'written';
  }
  const [item, room] = await Promise.all([
    getItem(database, admissionKey(operatorId), true),
    readWaitingRoom(database, operatorId),
  ]);
  const kept = { admission: admissionFrom(item), ...(room && { room: room.bounds }) };
  if (!isCurrent(kept)) return 'changed';
  const same = asRead(item, ['approveNewChargers']);
  const update = waitingRoomUpdate(database, operatorId, bounds, room?.bounds ?? 'closed');
  return (await putWith(database, { Item, ...same }, [update])) ? 'written' : 'changed';
}
