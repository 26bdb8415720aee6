import { type ApiRoute, listRoute, route } from '../api-route.ts';
import {
  IssuedInvoiceForm,
  IssuedInvoiceSchema,
  SingleIssuedInvoiceSchema,
} from './issued-invoice-view.ts';

/** Loaded when needed: most operators have no partners. */
const calls = async () => await import('./issued-invoice-calls.ts');

const path = '/partners/{partnerId}/invoices/{partnerInvoiceId}';

/** The calls about invoices of ours to roaming partners, whose CDRs they learn by Invoice Reconciliation of OCPI 2.3.0. */
export const issuedInvoiceRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/partners/{partnerId}/invoices',
    summary:
      'Says that an invoice of yours bills what a roaming partner owes for a month in a currency, as far as no other does: the partner is sent which CDRs these are (OCPI 2.3.0).',
    scope: 'partners:write',
    body: IssuedInvoiceForm,
    example: { invoiceNumber: 'R-2026-0042', month: '2026-03', currency: 'EUR' },
    status: 201,
    response: SingleIssuedInvoiceSchema,
    errors: [
      'INVALID_REQUEST',
      'PARTNER_NOT_FOUND',
      'OCPI_SETTINGS_MISSING',
      'SETTLEMENT_TOO_LARGE',
      'INVOICE_EMPTY',
      'INVOICE_NUMBER_USED',
    ],
    run: async (caller, { path: { partnerId }, body }) =>
      await (await calls()).issueInvoiceCall(caller, partnerId, body),
  }),
  listRoute({
    path: '/partners/{partnerId}/invoices',
    summary: 'Lists your invoices to a roaming partner, the first one first.',
    scope: 'partners:read',
    item: IssuedInvoiceSchema,
    errors: ['PARTNER_NOT_FOUND'],
    run: async (caller, { path: { partnerId }, page }) =>
      await (await calls()).listIssuedInvoicesCall(caller, partnerId, page),
  }),
  route({
    method: 'GET',
    path,
    summary: 'Returns an invoice of yours to a roaming partner with the CDRs that it bills.',
    scope: 'partners:read',
    response: SingleIssuedInvoiceSchema,
    errors: ['PARTNER_NOT_FOUND', 'PARTNER_INVOICE_NOT_FOUND'],
    run: async (caller, { path: named }) =>
      await (await calls()).readIssuedInvoiceCall(caller, named),
  }),
  route({
    method: 'DELETE',
    path,
    summary:
      'Takes an invoice to a roaming partner back: it is deleted at the partner, its CDRs may be billed by another one, and its number is used.',
    scope: 'partners:write',
    response: SingleIssuedInvoiceSchema,
    errors: ['PARTNER_NOT_FOUND', 'PARTNER_INVOICE_NOT_FOUND'],
    run: async (caller, { path: named }) =>
      await (await calls()).takeInvoiceBackCall(caller, named),
  }),
];
