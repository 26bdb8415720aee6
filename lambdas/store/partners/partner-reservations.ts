import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Party } from '../../../core/ocpi/model/party.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, number, optionalText, text, toItem } from '../table/item.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { partnerReservationKey, reservationNumberKey } from '../table/keys/partner-keys.ts';
import { updateOf } from '../table/update.ts';

/** A reservation that a partner asked for, by its own id: at which charger, and under which number there. */
export type PartnerReservation = {
  readonly operatorId: string;
  /** Whose ids its own id is one of: those of the partner or, behind a hub, of a party. */
  readonly scope: string;
  readonly partnerId: string;
  /** The party behind a hub that asked for it. */
  readonly party?: Party;
  /** The party of ours whose charger it is at. */
  readonly us?: Party;
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
  { operatorId, scope, party, us, ...reservation }: PartnerReservation,
): Promise<void> {
  const removeAt = Math.ceil(Date.parse(reservation.expiresAt) / 1000) + keptDays * 86_400;
  const { chargerKey, number: of, responseUrl, partnerId } = reservation;
  const parties = { party: party && JSON.stringify(party), us: us && JSON.stringify(us) };
  const items = [
    {
      ...partnerReservationKey(operatorId, scope, reservation.reservationId),
      kind: 'PARTNERRESERVATION',
      ...reservation,
      ...parties,
      removeAt,
    },
    {
      ...reservationNumberKey(chargerKey, of),
      kind: 'RESERVATIONNUMBER',
      partnerId,
      ...parties,
      responseUrl,
      removeAt,
    },
  ];
  for (const item of items) {
    const put = new PutItemCommand({ TableName: database.state, Item: toItem(item) });
    await database.client.send(put);
  }
}

const partyIn = (item: Item): Pick<PartnerReservation, 'party' | 'us'> => ({
  ...(item['party'] === undefined ? {} : { party: document<Party>(item, 'party') }),
  ...(item['us'] === undefined ? {} : { us: document<Party>(item, 'us') }),
});

/** Reads a reservation by the id that has it in a scope; undefined where it has none. */
export async function readPartnerReservation(
  database: Database,
  operatorId: string,
  scope: string,
  reservationId: string,
): Promise<PartnerReservation | undefined> {
  const item = await getItem(
    database,
    partnerReservationKey(operatorId, scope, reservationId),
    true,
  );
  return (
    item && {
      operatorId,
      scope,
      reservationId,
      ...partyIn(item),
      // Before parties behind hubs had scopes, the partner was known by the key alone.
      partnerId: optionalText(item, 'partnerId') ?? scope,
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
): Promise<Pick<PartnerReservation, 'partnerId' | 'party' | 'us' | 'responseUrl'> | undefined> {
  const item = await getItem(database, reservationNumberKey(chargerKey, reserved), true);
  return (
    item && {
      partnerId: text(item, 'partnerId'),
      responseUrl: text(item, 'responseUrl'),
      ...partyIn(item),
    }
  );
}

/** A reservation that its charger says has ended, by its number there; `at` is ISO 8601 in UTC. */
export type EndedReservation = Pick<PartnerReservation, 'operatorId' | 'chargerKey' | 'number'> & {
  readonly at: string;
};

/** Marks a reservation of a partner as ended by its charger, which the stream of state then says: once, and nothing for one of no partner. */
export async function markDropped(
  database: Database,
  { operatorId, chargerKey, number: of, at }: EndedReservation,
): Promise<void> {
  await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(reservationNumberKey(chargerKey, of)),
        ...updateOf({
          set: { operatorId, chargerKey, number: of, droppedAt: at },
          names: ['kind'],
        }),
        ConditionExpression: 'attribute_exists(#kind) AND attribute_not_exists(#droppedAt)',
      }),
    ),
  );
}
