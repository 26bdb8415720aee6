import { sameParty } from '../../core/ocpi/model/same-party.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import type { IssuedInvoice } from '../../core/ocpi/publish/issued-invoice.ts';
import { invoiceList } from '../roaming/complete-invoice.ts';
import { answerPage } from './answer-list.ts';
import { askedParties } from './asked-parties.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { OcpiResponse } from './ocpi-response.ts';
import type { ModulePlace } from './place.ts';

/**
 * Answers a page of the records of our invoices to the caller, or to the party behind a hub that asks (2.3.0 Invoice Reconciliation). One
 * that is being issued, or was taken back, is left out of its page.
 */
export async function answerInvoices(
  caller: OcpiCaller,
  { version }: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiResponse> {
  const { partner, asking } = caller;
  const pair = allTranslators[version].invoiceRecord;
  const isAsked = askedParties(caller);
  const isFor = ({ forParty }: IssuedInvoice): boolean =>
    asking === undefined || (forParty !== undefined && sameParty(forParty, asking));
  return await answerPage<IssuedInvoice>(caller, request, invoiceList(partner), (invoice) =>
    invoice.state === 'issued' && isFor(invoice) && isAsked(invoice.record)
      ? pair?.to(invoice.record, { owner: invoice.record })
      : undefined,
  );
}
