import type { PulledModule } from '../../../core/ocpi/pull/pull-progress.ts';
import { done, refused } from '../../http/answer.ts';
import { beginPulls } from '../../roaming/begin-pulls.ts';
import { readPartner } from '../../store/partners/partners.ts';
import { readPulls } from '../../store/received/pulls.ts';
import type { Caller } from '../api-route.ts';
import { pullsView } from './pull-view.ts';

/** Begins to pull from a partner, or has pulls that run go on. */
export async function beginPullsCall(
  caller: Caller,
  partnerId: string,
  { modules, full }: { readonly modules: readonly PulledModule[]; readonly full: boolean },
) {
  const { database, operatorId, now, sendPartnerMessages } = caller;
  const partner = await readPartner(database, operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND' as const);
  if (partner.registration === undefined || partner.suspendedAt !== undefined) {
    return refused('PARTNER_NOT_REGISTERED' as const);
  }
  const beginning = { database, send: sendPartnerMessages, now };
  await beginPulls(beginning, partner, modules, full);
  return done(pullsView(partnerId, await readPulls(database, { operatorId, partnerId })));
}

/** Shows how far the last pulls from a partner are. */
export async function readPullsCall({ database, operatorId }: Caller, partnerId: string) {
  const partner = await readPartner(database, operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND' as const);
  return done(pullsView(partnerId, await readPulls(database, { operatorId, partnerId })));
}
