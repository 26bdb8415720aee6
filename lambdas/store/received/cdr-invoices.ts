import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from '../table/client.ts';
import { getItems } from '../table/get-item.ts';
import { type Item, number, texts, toItem } from '../table/item.ts';
import { cdrInvoicesKey, type ReceivedFrom, receivedId } from '../table/keys/received-keys.ts';
import { ifAsRead, putPart, writeParts } from './write-parts.ts';

/** CDRs that are written in one transaction. */
const atOnce = 100;

const mostMeetings = 20;

/** Our ids of the records of invoices that ever billed a CDR, from its item; some may not bill it any more. */
export const cdrInvoicesFrom = (item: Item | undefined): readonly string[] =>
  item === undefined ? [] : texts(item, 'records');

async function addTo(
  database: Database,
  { operatorId, ...from }: ReceivedFrom,
  record: string,
  ids: readonly string[],
): Promise<'written' | 'changed'> {
  const keys = ids.map((id) => cdrInvoicesKey(operatorId, receivedId('cdr', from, id)));
  const items = await getItems(database, keys, true);
  const parts = keys.flatMap((key, at) => {
    const item = items[at];
    const records = cdrInvoicesFrom(item);
    if (records.includes(record)) return [];
    const revision = item && number(item, 'revision');
    const next = { records: [...records, record], revision: (revision ?? 0) + 1 };
    const whole = toItem({ ...key, kind: 'RECEIVEDCDRINVOICES', ...next });
    return [putPart(database, whole, ifAsRead(revision))];
  });
  return parts.length === 0 ? 'written' : await writeParts(database, parts);
}

/** Keeps that a record of an invoice bills CDRs of its party, by the party's ids, each once; they may not have come yet. */
export async function addCdrInvoices(
  database: Database,
  from: ReceivedFrom,
  record: string,
  cdrIds: readonly string[],
): Promise<void> {
  const ids = [...new Map(cdrIds.map((id) => [id.toUpperCase(), id])).values()];
  for (let first = 0; first < ids.length; first += atOnce) {
    const some = ids.slice(first, first + atOnce);
    let n = 0;
    while ((await addTo(database, from, record, some)) === 'changed') {
      n += 1;
      if (n === mostMeetings) throw new ConcurrentUpdateError('Invoices of CDRs kept changing');
    }
  }
}
