import { lossesBetween } from '../../../core/ocpi/codec/losses.ts';
import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type { InvoiceRecord } from '../../../core/ocpi/model/invoice-record.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { foreignPart } from '../../../core/ocpi/partner/foreign-part.ts';
import { readPushed } from '../../../core/ocpi/partner/pushed-object.ts';
import { receiveInvoice } from '../../roaming/receive/receive-invoice.ts';
import { despiteOthers, ifNotOlder, type Judged } from '../../roaming/receive/receiving.ts';
import { speaksFor } from '../../roaming/speaks-for.ts';
import { readHeldInvoice, writeHeldInvoice } from '../../store/received/received-invoices.ts';
import { receivedId } from '../../store/table/keys/received-keys.ts';
import { invalidAt } from '../invalid-at.ts';
import { isStranger, type OcpiCaller } from '../ocpi-caller.ts';
import type { OcpiRequest } from '../ocpi-request.ts';
import type { ModulePlace } from '../place.ts';
import {
  notFound,
  type PushedPlace,
  pushedDocument,
  pushedPlace,
  shownOf,
} from './pushed-place.ts';

const idOf = { path: 'id', of: ({ id }: InvoiceRecord): string => id };

/** The same record again, as after an answer that was lost, is success, whenever it says that it changed; a change is put. */
const ifNew = (held: InvoiceRecord | undefined, record: InvoiceRecord): Judged<InvoiceRecord> => {
  if (held === undefined) return { kind: 'keep', object: record };
  return lossesBetween(held, { ...record, lastUpdated: held.lastUpdated }).length === 0
    ? { kind: 'ok' }
    : invalidAt('id', 'A record of this id was received that says something else; PUT changes it.');
};

async function post(
  caller: OcpiCaller,
  { version }: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  const { database, partner } = caller;
  const none = { owner: { countryCode: '', partyId: '' } };
  const { document } = pushedDocument(caller, request);
  const read = allTranslators[version].invoiceRecord?.from(document, none);
  if (read?.kind !== 'received') return { kind: 'invalid', problems: read?.problems ?? [] };
  const { countryCode, partyId, id } = read.value;
  const owner = { countryCode, partyId };
  if (!(await speaksFor(database, partner, owner, 'CPO'))) {
    const field = foreignPart(partner.registration?.roles ?? [], owner);
    return invalidAt(field, 'The party of the record is not one of yours.');
  }
  const { operatorId, partnerId } = partner;
  const from = { operatorId, partnerId, owner };
  return await receiveInvoice(database, from, id, (held) => ifNew(held, read.value));
}

async function end(caller: OcpiCaller, { from, id }: PushedPlace): Promise<OcpiOutcome> {
  const { database, services } = caller;
  return await despiteOthers(async () => {
    const name = receivedId('invoice', from, id);
    const held = await readHeldInvoice(database, from.operatorId, name);
    if (held === undefined) return notFound;
    if (held.deletedAt !== undefined) return { kind: 'ok' };
    const deletedAt = new Date(services.now()).toISOString();
    const { record } = held;
    const written = await writeHeldInvoice(database, from, held, { record, deletedAt });
    return written === 'changed' ? 'changed' : { kind: 'ok' };
  });
}

/** Answers a partner that says which of its CDRs it invoiced to us (2.3.0 Invoice Reconciliation, direct billing). */
export async function receiveInvoices(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  if (place.rest.length === 0) {
    return request.method === 'POST' ? await post(caller, place, request) : notFound;
  }
  const named = await pushedPlace(caller, place);
  if ('kind' in named) return named;
  const { from, id, more } = named;
  if (more.length > 0) return notFound;
  if (request.method === 'GET' && isStranger(caller, from.owner)) return notFound;
  const pair = allTranslators[place.version].invoiceRecord;
  const context = { owner: from.owner };
  switch (request.method) {
    case 'GET': {
      const name = receivedId('invoice', from, id);
      const held = await readHeldInvoice(caller.database, from.operatorId, name);
      return shownOf(pair, held?.deletedAt === undefined ? held?.record : undefined, context);
    }
    case 'PUT': {
      const { document, receivedAt } = pushedDocument(caller, request);
      const read = readPushed(pair, { document, owner: from.owner, id }, idOf);
      if (read.kind === 'malformed') return { kind: 'invalid', problems: read.problems };
      return await receiveInvoice(caller.database, from, id, (held) =>
        ifNotOlder(held, read.value, receivedAt),
      );
    }
    case 'DELETE':
      return await end(caller, named);
    default:
      return notFound;
  }
}
