import type { PartnerTariff } from '../../../core/ocpi/model/tariff.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { number, optionalText, toItem } from '../table/item.ts';
import { type ReceivedFrom, receivedId, receivedKey } from '../table/keys/received-keys.ts';
import { putWith } from '../table/put-with.ts';
import { keptObject, keptObjectFrom } from './kept-object.ts';
import { ifAsRead } from './write-parts.ts';
import type { Written } from './write-received-location.ts';

/** A tariff of a partner as it is held. One that was deleted stays, for the CDRs of sessions that began with it. */
export type HeldTariff = {
  readonly tariff: PartnerTariff;
  /** ISO 8601 in UTC; absent while the partner has it. */
  readonly deletedAt?: string;
  /** Counts up with every change. */
  readonly revision: number;
};

/** Reads a tariff of a partner by the partner's id, also one that was deleted. */
export async function readHeldTariff(
  database: Database,
  from: ReceivedFrom,
  tariffId: string,
): Promise<HeldTariff | undefined> {
  const key = receivedKey(from.operatorId, receivedId('tariff', from, tariffId));
  const item = await getItem(database, key, true);
  if (item === undefined) return undefined;
  const deletedAt = optionalText(item, 'deletedAt');
  return {
    tariff: keptObjectFrom<PartnerTariff>(item),
    revision: number(item, 'revision'),
    ...(deletedAt === undefined ? {} : { deletedAt }),
  };
}

/** Keeps a tariff of a partner in the place of the one before, or that it was deleted. */
export async function writeHeldTariff(
  database: Database,
  from: ReceivedFrom,
  before: HeldTariff | undefined,
  { tariff, deletedAt }: Omit<HeldTariff, 'revision'>,
): Promise<Written> {
  const object = keptObject(tariff);
  if (object === undefined) return { tooLarge: '' };
  const { operatorId, partnerId } = from;
  const item = toItem({
    ...receivedKey(operatorId, receivedId('tariff', from, tariff.id)),
    kind: 'RECEIVEDTARIFF',
    operatorId,
    partnerId,
    deletedAt,
    revision: (before?.revision ?? 0) + 1,
  });
  const put = { Item: { ...item, object }, ...ifAsRead(before?.revision) };
  return (await putWith(database, put, [])) ? 'written' : 'changed';
}
