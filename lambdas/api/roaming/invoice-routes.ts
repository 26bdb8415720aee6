import { type ApiRoute, listRoute, route } from '../api-route.ts';
import { InvoiceSchema, SingleInvoiceSchema } from './invoice-view.ts';

/** Loaded when needed: most operators have no partners. */
const calls = async () => await import('./invoice-calls.ts');

/** The calls about invoices of roaming partners, whose CDRs are named by Invoice Reconciliation of OCPI 2.3.0. */
export const invoiceRoutes: readonly ApiRoute[] = [
  listRoute({
    path: '/roaming/invoices',
    summary:
      'Lists which CDRs roaming partners invoiced, by what they say over OCPI 2.3.0; the latest first.',
    scope: 'partners:read',
    item: InvoiceSchema,
    run: async (caller, { page }) => await (await calls()).listInvoicesCall(caller, page),
  }),
  route({
    method: 'GET',
    path: '/roaming/invoices/{roamingInvoiceId}',
    summary:
      'Returns what an invoice of a roaming partner ought to say by the CDRs that it bills, and which of them are missing or differ.',
    scope: 'partners:read',
    response: SingleInvoiceSchema,
    errors: ['INVOICE_NOT_FOUND'],
    run: async (caller, { path: { roamingInvoiceId } }) =>
      await (await calls()).readInvoiceCall(caller, roamingInvoiceId),
  }),
];
