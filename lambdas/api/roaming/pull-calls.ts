import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { beginPull, type PulledModule } from '../../../core/ocpi/pull/pull-progress.ts';
import { done, refused } from '../../http/answer.ts';
import { readPartner } from '../../store/partners/partners.ts';
import { readPull, readPulls, writePull } from '../../store/received/pulls.ts';
import type { Caller } from '../api-route.ts';
import { pullsView } from './pull-view.ts';

/** The address at which a partner shows a module; 2.1.1 does not say which interface an address is. */
const addressOf = ({ registration }: Partner, module: PulledModule): string | undefined =>
  registration?.endpoints.find(
    ({ identifier, role }) =>
      identifier === module && (role === undefined || role.toUpperCase() === 'SENDER'),
  )?.url;

async function begin(
  { database, operatorId, now }: Caller,
  partnerId: string,
  module: PulledModule,
  url: string,
  full: boolean,
): Promise<void> {
  const name = { operatorId, partnerId, module };
  const last = await readPull(database, name);
  // One that runs goes on: its page is asked for again, which completes it should its message be lost.
  if (last?.progress.state === 'running' && !full) return;
  const progress = beginPull(module, url, full ? undefined : last?.progress, now);
  await writePull(database, name, last, progress);
}

/** Begins to pull from a partner, or has pulls that run go on. */
export async function beginPullsCall(
  caller: Caller,
  partnerId: string,
  { modules, full }: { readonly modules: readonly PulledModule[]; readonly full: boolean },
) {
  const { database, operatorId, sendPartnerMessages } = caller;
  const partner = await readPartner(database, operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND' as const);
  if (partner.registration === undefined || partner.suspendedAt !== undefined) {
    return refused('PARTNER_NOT_REGISTERED' as const);
  }
  const offered = modules.flatMap((module) => {
    const url = addressOf(partner, module);
    return url === undefined ? [] : [{ module, url }];
  });
  for (const { module, url } of offered) await begin(caller, partnerId, module, url, full);
  const messages = offered.map(({ module }) => ({
    kind: 'pull' as const,
    ...{ operatorId, partnerId, module },
  }));
  await sendPartnerMessages(messages);
  return done(pullsView(partnerId, await readPulls(database, { operatorId, partnerId })));
}

/** Shows how far the last pulls from a partner are. */
export async function readPullsCall({ database, operatorId }: Caller, partnerId: string) {
  const partner = await readPartner(database, operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND' as const);
  return done(pullsView(partnerId, await readPulls(database, { operatorId, partnerId })));
}
