import { canonicalJson } from '../../core/cdr/seal/canonical-json.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import type { PartnerTariff } from '../../core/ocpi/model/tariff.ts';
import { partnerTariff } from '../../core/ocpi/publish/partner-tariff.ts';
import { logger } from '../runtime/logger.ts';
import type { Database } from '../store/table/client.ts';
import { readTariff } from '../store/tariffs/tariffs.ts';
import { publishChange } from './publish-change.ts';

/** A tariff of ours as one of a party: `name` is that by which lists of partners keep it. */
export type TariffOfParty = {
  readonly tariffId: string;
  readonly name: string;
  readonly party: Party;
};

/** Shows all partners, or the one that is the scope, a tariff that locations name, if it can be said in OCPI and differs from what they see. */
export async function publishTariff(
  database: Database,
  { tariffId, name, party }: TariffOfParty,
  operatorId: string,
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
  return await publishChange<PartnerTariff>(database, list, name, (before) => {
    if (before === undefined && onlyIfSeen) return undefined;
    return before !== undefined && canonicalJson(before) === canonicalJson(shown.tariff)
      ? undefined
      : shown.tariff;
  });
}
