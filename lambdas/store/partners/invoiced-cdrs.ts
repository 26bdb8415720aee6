import type { Database } from '../table/client.ts';
import { getItems } from '../table/get-item.ts';
import { optionalText, toItem } from '../table/item.ts';
import { invoicedCdrKey, type PublicationList } from '../table/keys/partner-keys.ts';
import { transact } from '../table/transact.ts';

/** CDRs that one transaction takes. */
const atOnce = 100;

/** Reads which invoice of ours each CDR of a list was put on last, by the id of its record; undefined for one that never was. */
export async function readInvoicedBy(
  database: Database,
  list: PublicationList,
  cdrIds: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for (let first = 0; first < cdrIds.length; first += atOnce) {
    const keys = cdrIds.slice(first, first + atOnce).map((id) => invoicedCdrKey(list, id));
    const items = await getItems(database, keys, true);
    found.push(...items.map((item) => item && optionalText(item, 'record')));
  }
  return found;
}

/**
 * Puts CDRs on an invoice, each if it is still on the one that it was on when it was read, undefined for none, or on this one already, as by
 * another run for it. `changed` where one is on another by now; those before it stay.
 */
export async function putOnInvoice(
  database: Database,
  list: PublicationList,
  record: string,
  cdrs: readonly { readonly cdrId: string; readonly before: string | undefined }[],
): Promise<'written' | 'changed'> {
  for (let first = 0; first < cdrs.length; first += atOnce) {
    const parts = cdrs.slice(first, first + atOnce).map(({ cdrId, before }) => ({
      Put: {
        TableName: database.state,
        Item: toItem({ ...invoicedCdrKey(list, cdrId), kind: 'INVOICEDCDR', record }),
        ...(before === undefined
          ? {
              ConditionExpression: 'attribute_not_exists(pk) OR #record = :own',
              ExpressionAttributeValues: { ':own': { S: record } },
            }
          : {
              ConditionExpression: '#record IN (:before, :own)',
              ExpressionAttributeValues: { ':before': { S: before }, ':own': { S: record } },
            }),
        ExpressionAttributeNames: { '#record': 'record' },
      },
    }));
    const held = await transact(database, parts);
    if (!held.every(Boolean)) return 'changed';
  }
  return 'written';
}
