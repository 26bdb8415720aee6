import * as z from 'zod';
import type { OpenApiDocument } from '../http/open-api-document.ts';
import type { OpenRoute } from '../http/serve-request.ts';
import { ownPublishedKeys, PublishedKeysSchema } from './cdrs/published-keys.ts';
import { linkRoutes } from './link-routes.ts';
import { routes } from './routes.ts';

/** The version of Joulegate, as in package.json. */
export const apiVersion = '0.1.0';

let described: OpenApiDocument | undefined;

/** Describes the operator API; what does it is loaded only when somebody asks. */
async function describeOnce(): Promise<OpenApiDocument> {
  const { describeOperatorApi } = await import('./describe-operator-api.ts');
  described ??= describeOperatorApi(apiVersion, routes, [...openRoutes, ...linkRoutes]);
  return described;
}

/** The calls that need no key. */
export const openRoutes: readonly OpenRoute[] = [
  {
    method: 'GET',
    path: '/health',
    summary: 'Answers as long as the API does.',
    mediaType: 'application/json',
    response: z.strictObject({ status: z.literal('ok') }),
    answer: async () => ({ status: 'ok' }),
  },
  {
    method: 'GET',
    path: '/openapi.json',
    summary: 'Returns this description as an OpenAPI 3.1 document.',
    mediaType: 'application/json',
    answer: describeOnce,
  },
  {
    method: 'GET',
    path: '/.well-known/joulegate-cdr-keys',
    summary: 'Lists the public keys that the seals of CDRs are verified with.',
    mediaType: 'application/json',
    response: PublishedKeysSchema,
    answer: ownPublishedKeys,
  },
  {
    method: 'GET',
    path: '/docs',
    summary: 'Shows this description as a page.',
    mediaType: 'text/html',
    answer: async () => {
      const { docsPage } = await import('../http/docs-page.ts');
      return docsPage(await describeOnce());
    },
  },
  {
    method: 'GET',
    path: '/pay/pay.js',
    summary: 'Returns the script by which pages to pay at look for news.',
    mediaType: 'text/javascript',
    answer: async () => {
      const { payScript } = await import('./payments/pay/pay-script.ts');
      return payScript;
    },
  },
  {
    method: 'GET',
    path: '/receipts/receipt.js',
    summary: 'Returns the script by which the pages of receipts verify signed values.',
    mediaType: 'text/javascript',
    answer: async () => {
      const { receiptScript } = await import('./receipts/generated/receipt-script.ts');
      return receiptScript;
    },
  },
];
