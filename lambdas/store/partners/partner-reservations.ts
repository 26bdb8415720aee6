import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { number, optionalText, text, toItem } from '../table/item.ts';
import { partnerReservationKey, reservationNumberKey } from '../table/partner-keys.ts';

/** A reservation that a partner asked for, by its own id: at which charger, and under which number there. */
export type PartnerReservation = {
  readonly operatorId: string;
  readonly partnerId: string;
  readonly reservationId: string;
  readonly chargerKey: string;
  readonly number: number;
  /** Where the partner gets that it was taken back. */
  readonly responseUrl: string;
  /** ISO 8601 in UTC. */
  readonly expiresAt: string;
};

/** Days after its end for which it is known. */
const keptDays = 7;

/** Keeps a reservation, to be found by the partner's id and by its number at the charger; the same id again replaces it. */
export async function writePartnerReservation(
  database: Database,
  { operatorId, partnerId, ...reservation }: PartnerReservation,
): Promise<void> {
  const removeAt = Math.ceil(Date.parse(reservation.expiresAt) / 1000) + keptDays * 86_400;
  const { chargerKey, number: of, responseUrl } = reservation;
  const items = [
    {
      ...partnerReservationKey(operatorId, partnerId, reservation.reservationId),
      kind: 'PARTNERRESERVATION',
      ...reservation,
      removeAt,
    },
    {
      ...reservationNumberKey(chargerKey, of),
      kind: 'RESERVATIONNUMBER',
      ...{ partnerId, responseUrl, removeAt },
    },
  ];
  for (const item of items) {
    const put = new PutItemCommand({ TableName: database.state, Item: toItem(item) });
    await database.client.send(put);
  }
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
      responseUrl: optionalText(item, 'responseUrl') ?? '',
    }
  );
}

/** Finds whose reservation a number at a charger is, and where its partner gets results; undefined for one of no partner. */
export async function reservationOfNumber(
  database: Database,
  chargerKey: string,
  reserved: number,
): Promise<Pick<PartnerReservation, 'partnerId' | 'responseUrl'> | undefined> {
  const item = await getItem(database, reservationNumberKey(chargerKey, reserved), true);
  return item && { partnerId: text(item, 'partnerId'), responseUrl: text(item, 'responseUrl') };
}
