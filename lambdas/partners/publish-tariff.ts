import { canonicalJson } from '../../core/cdr/seal/canonical-json.ts';
import type { PartnerTariff } from '../../core/ocpi/model/tariff.ts';
import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import { partnerTariff } from '../../core/ocpi/publish/partner-tariff.ts';
import { logger } from '../runtime/logger.ts';
import type { Database } from '../store/table/client.ts';
import { readTariff } from '../store/tariffs/tariffs.ts';
import { publishChange } from './publish-change.ts';

/** Shows all partners, or the one that is the scope, a tariff that locations name, if it can be said in OCPI and differs from what they see. */
export async function publishTariff(
  database: Database,
  party: OurParty,
  operatorId: string,
  tariffId: string,
  { onlyIfSeen, scope = '-' }: { readonly onlyIfSeen: boolean; readonly scope?: string },
): Promise<'published' | 'unchanged' | 'not-shown'> {
  const version = await readTariff(database, operatorId, tariffId);
  if (version === undefined) return 'not-shown';
  const shown = partnerTariff(party, version.tariff, version.createdAt);
  if (shown.kind === 'impossible') {
    logger.info('A tariff is not shown to partners', { tariffId, reason: shown.reason });
    return 'not-shown';
  }
  const list = { operatorId, scope, module: 'tariffs' } as const;
  return await publishChange<PartnerTariff>(database, list, tariffId, (before) => {
    if (before === undefined && onlyIfSeen) return undefined;
    return before !== undefined && canonicalJson(before) === canonicalJson(shown.tariff)
      ? undefined
      : shown.tariff;
  });
}
