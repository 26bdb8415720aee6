import { canonicalJson } from '../../core/cdr/seal/canonical-json.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import { sameParty } from '../../core/ocpi/model/same-party.ts';
import type { PartnerTariff } from '../../core/ocpi/model/tariff.ts';
import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import { partiesAs } from '../../core/ocpi/partner/party-for.ts';
import { partnerTariff } from '../../core/ocpi/publish/partner-tariff.ts';
import { tariffOfParty } from '../../core/ocpi/publish/tariff-of-party.ts';
import { logger } from '../runtime/logger.ts';
import { isPublished } from '../store/partners/publications.ts';
import type { Database } from '../store/table/client.ts';
import type { PublicationList } from '../store/table/keys/partner-keys.ts';
import { readTariff } from '../store/tariffs/tariffs.ts';
import { publishChange } from './publish-change.ts';

/** A tariff of ours as one of a party, among the parties that we are. */
type TariffOfParty = {
  readonly tariffId: string;
  readonly party: Party;
  readonly parties: readonly OurParty[];
};

/** A tariff that was shown to partners; `name` is that by which their list keeps it. */
type ShownTariff = {
  readonly change: 'published' | 'unchanged' | 'not-shown';
  readonly name: string;
};

/** Says whether a party may have the place of a list that another one had: the first one of ours, where that one is none any more. */
const mayTakeOver = async (
  database: Database,
  list: PublicationList,
  { tariffId, party, parties }: TariffOfParty,
  holder: Party | undefined,
): Promise<boolean> => {
  const ours = partiesAs(parties, 'CPO');
  const isFirst = ours[0] !== undefined && sameParty(ours[0], party);
  const isHeld = holder !== undefined && ours.some((one) => sameParty(one, holder));
  return isFirst && !isHeld && !(await isPublished(database, list, tariffOfParty(tariffId, party)));
};

/**
 * Shows all partners, or the one that is the scope, a tariff that locations name, if it can be said in OCPI and differs from what they see.
 * The place in a list that a party has stays its, whichever party becomes the first of ours.
 */
export async function publishTariff(
  database: Database,
  whose: TariffOfParty,
  operatorId: string,
  { onlyIfSeen, scope = '-' }: { readonly onlyIfSeen: boolean; readonly scope?: string },
): Promise<ShownTariff> {
  const { tariffId, party } = whose;
  const hidden = { change: 'not-shown', name: tariffId } as const;
  const version = await readTariff(database, operatorId, tariffId);
  if (version === undefined) return hidden;
  const shown = partnerTariff(party, version.tariff, version.createdAt);
  if (shown.kind === 'impossible') {
    logger.info('A tariff is not shown to partners', { tariffId, reason: shown.reason });
    return hidden;
  }
  const list = { operatorId, scope, module: 'tariffs' } as const;
  const showAs = async (name: string, isOthers: (before: PartnerTariff | undefined) => boolean) =>
    await publishChange<PartnerTariff>(database, list, name, (before) => {
      if (isOthers(before) || (before === undefined && onlyIfSeen)) return undefined;
      return before !== undefined && canonicalJson(before) === canonicalJson(shown.tariff)
        ? undefined
        : shown.tariff;
    });
  let holder: Party | undefined;
  const change = await showAs(tariffId, (before) => {
    holder = before;
    return holder === undefined || !sameParty(holder, party);
  });
  if (holder !== undefined && sameParty(holder, party)) return { change, name: tariffId };
  const isTaken = await mayTakeOver(database, list, whose, holder);
  const name = isTaken ? tariffId : tariffOfParty(tariffId, party);
  return { change: await showAs(name, () => false), name };
}
