import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import type { Database } from '../table/client.ts';
import { type Item, number, texts, toItem } from '../table/item.ts';
import { cdrCreditsKey, type ReceivedFrom, receivedId } from '../table/keys/received-keys.ts';
import { ifAsRead, putPart } from './write-parts.ts';

/** The credits that name a CDR of a partner, by its ids; they may come before it. */
export type CdrCredits = {
  readonly ids: readonly string[];
  /** 0 where there is none. */
  readonly revision: number;
};

/** Reads the credits of a CDR from their item; none where there is no item. */
export const cdrCreditsFrom = (item: Item | undefined): CdrCredits =>
  item === undefined
    ? { ids: [], revision: 0 }
    : { ids: texts(item, 'credits'), revision: number(item, 'revision') };

/** The write by which a credit counts for the CDR that it names; none for a CDR that is no credit, or names none. */
export function creditPart(
  database: Database,
  from: ReceivedFrom,
  { id, credit, creditReferenceId }: PartnerCdr,
  { ids, revision }: CdrCredits,
): readonly TransactWriteItem[] {
  if (credit !== true || creditReferenceId === undefined) return [];
  const item = toItem({
    ...cdrCreditsKey(from.operatorId, receivedId('cdr', from, creditReferenceId)),
    kind: 'RECEIVEDCREDITS',
    credits: [...ids, id],
    revision: revision + 1,
  });
  return [putPart(database, item, ifAsRead(revision || undefined))];
}
