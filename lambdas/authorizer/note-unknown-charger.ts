import { normalizeChargerId } from '../../core/charger/charger-key.ts';
import { waitingPlace } from '../../core/charger/waiting-place.ts';
import type { Protocol } from '../../core/ocpp/protocol.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import {
  enterWaitingRoom,
  leaveWaitingRoom,
  readWaitingRoom,
} from '../store/chargers/waiting-room.ts';
import type { Database } from '../store/table/client.ts';

/** An attempt of a charger that nobody registered, by the URL of an operator. */
export type Attempt = {
  readonly operatorId: string;
  readonly chargerId: string;
  readonly protocol: Protocol;
  readonly address?: string | undefined;
  /** Our clock, epoch ms. */
  readonly now: number;
};

/**
 * Notes in the waiting room of an operator, where it has one, that a charger tried to connect. The charger itself is turned away like any
 * other that nobody knows: no connection and no message is spent on a caller without a password.
 */
export async function noteUnknownCharger(
  database: Database,
  { operatorId, chargerId, protocol, address, now }: Attempt,
): Promise<void> {
  const room = await readWaitingRoom(database, operatorId, false);
  if (room === undefined) return;
  const id = normalizeChargerId(chargerId);
  const waiting = room.chargers.map((one) => ({ ...one, id: normalizeChargerId(one.chargerId) }));
  const next = waitingPlace(id, waiting, room.bounds, now);
  if (next.kind === 'nothing') return;
  const over = next.kind === 'leave' ? waiting.find((one) => one.id === next.id) : undefined;
  if (over !== undefined) await leaveWaitingRoom(database, operatorId, over);
  const at = new Date(now).toISOString();
  const before = waiting.find((one) => one.id === id);
  const firstSeenAt = before?.firstSeenAt ?? at;
  const charger = omitUndefined({ chargerId, protocol, address, firstSeenAt, lastSeenAt: at });
  await enterWaitingRoom(database, operatorId, charger, before);
}
