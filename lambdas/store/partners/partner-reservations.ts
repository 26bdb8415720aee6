import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { number, text, toItem } from '../table/item.ts';
import { partnerReservationKey } from '../table/partner-keys.ts';

/** A reservation that a partner asked for, by its own id: at which charger, and under which number there. */
export type PartnerReservation = {
  readonly operatorId: string;
  readonly partnerId: string;
  readonly reservationId: string;
  readonly chargerKey: string;
  readonly number: number;
  /** ISO 8601 in UTC. */
  readonly expiresAt: string;
};

/** Days after its end for which it is known. */
const keptDays = 7;

/** Keeps a reservation; the same id again replaces it. */
export async function writePartnerReservation(
  database: Database,
  { operatorId, partnerId, ...reservation }: PartnerReservation,
): Promise<void> {
  const removeAt = Math.ceil(Date.parse(reservation.expiresAt) / 1000) + keptDays * 86_400;
  await database.client.send(
    new PutItemCommand({
      TableName: database.state,
      Item: toItem({
        ...partnerReservationKey(operatorId, partnerId, reservation.reservationId),
        kind: 'PARTNERRESERVATION',
        ...reservation,
        removeAt,
      }),
    }),
  );
}

/** Reads a reservation of a partner by the partner's own id; undefined where it has none. */
export async function readPartnerReservation(
  database: Database,
  operatorId: string,
  partnerId: string,
  reservationId: string,
): Promise<PartnerReservation | undefined> {
  const item = await getItem(
    database,
    partnerReservationKey(operatorId, partnerId, reservationId),
    true,
  );
  return (
    item && {
      ...{ operatorId, partnerId, reservationId },
      chargerKey: text(item, 'chargerKey'),
      number: number(item, 'number'),
      expiresAt: text(item, 'expiresAt'),
    }
  );
}
