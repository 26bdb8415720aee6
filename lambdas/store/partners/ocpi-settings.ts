import type { OurParty } from '../../../core/ocpi/partner/our-party.ts';
import { asRead, type IsCurrent } from '../table/as-read.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, toItem } from '../table/item.ts';
import { ocpiSettingsKey } from '../table/keys/partner-keys.ts';
import { putWith } from '../table/put-with.ts';

/** Reads the parties that an operator is for its roaming partners, the first one first; none until they are set. */
export async function readOurParties(
  database: Database,
  operatorId: string,
): Promise<readonly OurParty[]> {
  return partiesFrom(await getItem(database, ocpiSettingsKey(operatorId), true));
}

const partiesFrom = (item: Item | undefined): readonly OurParty[] =>
  item === undefined ? [] : document<readonly OurParty[]>(item, 'parties');

/**
 * Keeps the parties that an operator is for its roaming partners, in the place of those before, if these are what `isCurrent` takes
 * them for.
 */
export async function writeOurParties(
  database: Database,
  operatorId: string,
  parties: readonly OurParty[],
  isCurrent?: IsCurrent<readonly OurParty[]>,
): Promise<'written' | 'changed'> {
  const Item = toItem({
    ...ocpiSettingsKey(operatorId),
    kind: 'OCPISETTINGS',
    parties: JSON.stringify(parties),
  });
  if (isCurrent === undefined) {
    await putWith(database, { Item }, []);
    return 'written';
  }
  const before = await getItem(database, ocpiSettingsKey(operatorId), true);
  const isSame =
    isCurrent(partiesFrom(before)) &&
    (await putWith(database, { Item, ...asRead(before, ['parties']) }, []));
  return isSame ? 'written' : 'changed';
}
