import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import type { Party } from '../../../core/ocpi/model/party.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { type Item, number, optionalText, text } from '../table/item.ts';
import { receivedId } from '../table/keys/received-keys.ts';
import { keptObjectFrom } from './kept-object.ts';

/** Reads the facts that are kept beside each session and CDR of a driver of ours that a partner sent. */
export function factsOfDriver(
  item: Item,
  kind: 'session' | 'cdr',
  { id, countryCode, partyId }: Party & { readonly id: string },
) {
  const from = {
    operatorId: text(item, 'operatorId'),
    partnerId: text(item, 'partnerId'),
    owner: { countryCode, partyId },
  };
  return omitUndefined({
    from,
    receivedId: receivedId(kind, from, id),
    place: item['place'] === undefined ? undefined : keptObjectFrom<PartnerLocation>(item, 'place'),
    accountId: optionalText(item, 'accountId'),
    receivedAt: text(item, 'receivedAt'),
    revision: number(item, 'revision'),
  });
}
