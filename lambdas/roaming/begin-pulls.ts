import type { Partner } from '../../core/ocpi/partner/partner.ts';
import { beginPull, isElsewhere, type PulledModule } from '../../core/ocpi/pull/pull-progress.ts';
import { isPulledFrom } from '../../core/ocpi/pull/pulling-role.ts';
import { readPull, writePull } from '../store/received/pulls.ts';
import type { Database } from '../store/table/client.ts';
import type { SendPartnerMessages } from './send-partner-messages.ts';

/** The surroundings of pulls that begin; `now` is ISO 8601 in UTC. */
export type BeginningPulls = {
  readonly database: Database;
  readonly send: SendPartnerMessages;
  readonly now: string;
};

/** The address at which a partner shows a module; 2.1.1 does not say which interface an address is. */
export const addressOf = ({ registration }: Partner, module: PulledModule): string | undefined =>
  registration?.endpoints.find(
    ({ identifier, role }) =>
      identifier === module && (role === undefined || role.toUpperCase() === 'SENDER'),
  )?.url;

async function begin(
  { database, now }: BeginningPulls,
  { operatorId, partnerId }: Partner,
  module: PulledModule,
  url: string,
  full: boolean,
): Promise<void> {
  const name = { operatorId, partnerId, module };
  const last = await readPull(database, name);
  // One that runs goes on: its page is asked for again, which completes it should its message be lost.
  if (last?.progress.state === 'running' && !isElsewhere(last.progress, url) && !full) return;
  const progress = beginPull(module, url, full ? undefined : last?.progress, now);
  await writePull(database, name, last, progress);
}

/** Begins to pull modules from a partner as far as it offers them and we have the role for them, or has pulls that run go on; `full`: everything again. */
export async function beginPulls(
  beginning: BeginningPulls,
  partner: Partner,
  modules: readonly PulledModule[],
  full: boolean,
): Promise<void> {
  const { operatorId, partnerId } = partner;
  const wanted = modules.filter((module) => isPulledFrom(partner, module));
  const offered = wanted.flatMap((module) => {
    const url = addressOf(partner, module);
    return url === undefined ? [] : [{ module, url }];
  });
  for (const { module, url } of offered) await begin(beginning, partner, module, url, full);
  const kind = 'pull' as const;
  await beginning.send(offered.map(({ module }) => ({ kind, operatorId, partnerId, module })));
}
