import * as z from 'zod';
import { dayOfDate } from '../../../core/units/local-time.ts';
import { done, type Refused, refused } from '../../http/answer.ts';
import { readAccount } from '../../store/accounts/accounts.ts';
import { type ApiRoute, type Caller, route } from '../api-route.ts';
import { StatementSchema, type StatementView, statementView } from './statement-view.ts';

type Code = 'INVALID_REQUEST' | 'ACCOUNT_NOT_FOUND' | 'STATEMENT_TOO_LARGE';

const errors: readonly Code[] = ['INVALID_REQUEST', 'ACCOUNT_NOT_FOUND', 'STATEMENT_TOO_LARGE'];

/** Makes the statement of an account, also of one that is not registered, or any more, as long as it was billed. */
async function statementFor(
  caller: Caller,
  { accountId, month }: { readonly accountId: string; readonly month: string },
): Promise<{ readonly kind: 'found'; readonly view: StatementView } | Refused<Code>> {
  if (dayOfDate(`${month}-01`) === undefined) {
    const message = 'The value must be a month, as in 2026-03.';
    return refused('INVALID_REQUEST', [{ path: 'path.month', message }]);
  }
  const account = await readAccount(caller.database, caller.operatorId, accountId);
  const { readStatement } = await import('./read-statement.ts');
  const read = await readStatement(caller, accountId, month);
  if (read === 'too-large') return refused('STATEMENT_TOO_LARGE');
  if (account === undefined && read.statement.sums.length === 0) {
    return refused('ACCOUNT_NOT_FOUND');
  }
  return { kind: 'found', view: statementView(accountId, account?.name ?? null, read) };
}

/** The statements of accounts, in three forms. */
export const statementRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/accounts/{accountId}/statements/{month}',
    summary:
      'Returns all that an account is billed for a month, by the local time at which sessions ended: each CDR, also of roaming partners, and the sums by currency and VAT rate.',
    scope: 'accounts:read',
    response: StatementSchema,
    errors,
    run: async (caller, { path }) => {
      const found = await statementFor(caller, path);
      return found.kind === 'refused' ? found : done(found.view);
    },
  }),
  route({
    method: 'GET',
    path: '/accounts/{accountId}/statements/{month}/csv',
    summary: 'Returns the CDRs of a statement as CSV.',
    scope: 'accounts:read',
    response: z.string().meta({ examples: ['cdrId,sessionId,chargerId,…'] }),
    mediaType: 'text/csv',
    errors,
    run: async (caller, { path }) => {
      const found = await statementFor(caller, path);
      if (found.kind === 'refused') return found;
      const { statementCsv } = await import('./statement-csv.ts');
      return done(statementCsv(found.view));
    },
  }),
  route({
    method: 'GET',
    path: '/accounts/{accountId}/statements/{month}/page',
    summary: 'Returns a statement as a page to be printed.',
    scope: 'accounts:read',
    response: z.string().meta({ examples: ['<!doctype html>…'] }),
    mediaType: 'text/html',
    errors,
    run: async (caller, { path }) => {
      const found = await statementFor(caller, path);
      if (found.kind === 'refused') return found;
      const { statementPage } = await import('./statement-page.ts');
      return done(statementPage(found.view));
    },
  }),
];
