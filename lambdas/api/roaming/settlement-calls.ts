import { settlementCsv } from '../../../core/ocpi/settle/settlement-csv.ts';
import { dayOfDate } from '../../../core/units/local-time.ts';
import { done, refused } from '../../http/answer.ts';
import { readIssuer } from '../../store/operators/issuer.ts';
import { readPartner } from '../../store/partners/partners.ts';
import type { Caller } from '../api-route.ts';
import { readSettlement, type SettlementScope } from './read-settlement.ts';
import { settlementPage } from './settlement-page.ts';
import { settlementView } from './settlement-view.ts';

type Asked = { readonly partnerId: string; readonly month: string };

async function settlementFor(
  caller: Caller,
  { partnerId, month }: Asked,
  scope: SettlementScope = 'cdrs',
) {
  if (dayOfDate(`${month}-01`) === undefined) {
    const message = 'The value must be a month, as in 2026-03.';
    return refused('INVALID_REQUEST' as const, [{ path: 'path.month', message }]);
  }
  const partner = await readPartner(caller.database, caller.operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND' as const);
  const settlement = await readSettlement(caller, { partnerId, month }, scope);
  if (settlement === 'too-large') return refused('SETTLEMENT_TOO_LARGE' as const);
  const { sums, entries } = settlement;
  const issuer = await readIssuer(caller.database, caller.operatorId);
  const view = settlementView({ partnerId, name: partner.name, month, issuer }, sums, entries);
  return { kind: 'found', sums, view } as const;
}

/** Shows the settlement with a partner for a month. */
export async function settlementCall(caller: Caller, asked: Asked) {
  const found = await settlementFor(caller, asked);
  return found.kind === 'refused' ? found : done(found.view);
}

/** Shows the sums of the settlement with a partner for a month as CSV. */
export async function settlementCsvCall(caller: Caller, asked: Asked) {
  const found = await settlementFor(caller, asked, 'sums');
  return found.kind === 'refused' ? found : done(settlementCsv(found.sums));
}

/** Shows the settlement with a partner for a month as a page to be printed. */
export async function settlementPageCall(caller: Caller, asked: Asked) {
  const found = await settlementFor(caller, asked);
  return found.kind === 'refused' ? found : done(settlementPage(found.view));
}
