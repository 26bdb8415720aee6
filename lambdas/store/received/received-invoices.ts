import type { InvoiceRecord } from '../../../core/ocpi/model/invoice-record.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, number, optionalText, text, toItem } from '../table/item.ts';
import {
  type ReceivedFrom,
  receivedId,
  receivedKey,
  receivedLists,
} from '../table/keys/received-keys.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { putWith } from '../table/put-with.ts';
import { keptObject, keptObjectFrom } from './kept-object.ts';
import { ifAsRead } from './write-parts.ts';
import type { Written } from './write-received-location.ts';

/** A record of the CDRs that an invoice of a partner bills, as it is held. */
export type HeldInvoice = {
  readonly from: ReceivedFrom;
  /** Our id of the record. */
  readonly receivedId: string;
  readonly record: InvoiceRecord;
  /** ISO 8601 in UTC; absent while the partner has it. */
  readonly deletedAt?: string;
  /** Counts up with every change. */
  readonly revision: number;
};

const heldInvoiceFrom = (item: Item): HeldInvoice => {
  const record = keptObjectFrom<InvoiceRecord>(item);
  const { countryCode, partyId } = record;
  const from = {
    operatorId: text(item, 'operatorId'),
    partnerId: text(item, 'partnerId'),
    owner: { countryCode, partyId },
  };
  const deletedAt = optionalText(item, 'deletedAt');
  return {
    from,
    receivedId: receivedId('invoice', from, record.id),
    record,
    ...(deletedAt === undefined ? {} : { deletedAt }),
    revision: number(item, 'revision'),
  };
};

/** Reads the record of an invoice by our id, also one that was deleted. */
export async function readHeldInvoice(
  database: Database,
  operatorId: string,
  id: string,
): Promise<HeldInvoice | undefined> {
  const item = await getItem(database, receivedKey(operatorId, id), true);
  return item === undefined ? undefined : heldInvoiceFrom(item);
}

/** Keeps the record of an invoice in the place of the one before, or that it was deleted: then it is not listed. */
export async function writeHeldInvoice(
  database: Database,
  from: ReceivedFrom,
  before: HeldInvoice | undefined,
  { record, deletedAt }: Pick<HeldInvoice, 'record' | 'deletedAt'>,
): Promise<Written> {
  const object = keptObject(record);
  if (object === undefined) return { tooLarge: '' };
  const { operatorId, partnerId } = from;
  const id = receivedId('invoice', from, record.id);
  const listed = {
    listKey: receivedLists.invoices(operatorId),
    listSort: `${record.lastUpdated}#${id}`,
  };
  const item = toItem({
    ...receivedKey(operatorId, id),
    kind: 'RECEIVEDINVOICE',
    operatorId,
    partnerId,
    deletedAt,
    revision: (before?.revision ?? 0) + 1,
    ...(deletedAt === undefined ? listed : {}),
  });
  const put = { Item: { ...item, object }, ...ifAsRead(before?.revision) };
  return (await putWith(database, put, [])) ? 'written' : 'changed';
}

/** Lists the records of invoices of partners, the latest first. */
export const listHeldInvoices = async (
  database: Database,
  operatorId: string,
  page: ListRequest,
): Promise<Listed<HeldInvoice>> =>
  await listThings(
    database,
    { steps: [[receivedLists.invoices(operatorId)]], order: 'descending', ...page },
    heldInvoiceFrom,
  );
