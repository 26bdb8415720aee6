import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type { InvoiceRecord } from '../../../core/ocpi/model/invoice-record.ts';
import { addCdrInvoices } from '../../store/received/cdr-invoices.ts';
import { readHeldInvoice, writeHeldInvoice } from '../../store/received/received-invoices.ts';
import type { Database } from '../../store/table/client.ts';
import { type ReceivedFrom, receivedId } from '../../store/table/keys/received-keys.ts';
import { despiteOthers, type Judged, tooLarge } from './receiving.ts';

/** Keeps the record of an invoice as `judge` wants it by the one that is held, and that its CDRs are billed by it. */
export const receiveInvoice = async (
  database: Database,
  from: ReceivedFrom,
  id: string,
  judge: (held: InvoiceRecord | undefined) => Judged<InvoiceRecord>,
): Promise<OcpiOutcome> =>
  await despiteOthers(async () => {
    const name = receivedId('invoice', from, id);
    const held = await readHeldInvoice(database, from.operatorId, name);
    const isThere = held !== undefined && held.deletedAt === undefined;
    const judged = judge(isThere ? held.record : undefined);
    if (judged.kind !== 'keep') return judged;
    // First: a record that bills a CDR has to be found by it, and one that is found by it may bill it no more.
    await addCdrInvoices(database, from, name, judged.object.cdrIds);
    const written = await writeHeldInvoice(database, from, held, { record: judged.object });
    if (written === 'changed') return 'changed';
    return written === 'written' ? { kind: isThere ? 'ok' : 'created' } : tooLarge('');
  });
