import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { OurParty } from '../../../core/ocpi/partner/our-party.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, toItem } from '../table/item.ts';
import { ocpiSettingsKey } from '../table/partner-keys.ts';

/** Reads the parties that an operator is for its roaming partners, the first one first; none until they are set. */
export async function readOurParties(
  database: Database,
  operatorId: string,
): Promise<readonly OurParty[]> {
  const item = await getItem(database, ocpiSettingsKey(operatorId), true);
  return item === undefined ? [] : document<readonly OurParty[]>(item, 'parties');
}

/** Keeps the parties that an operator is for its roaming partners, in the place of those before. */
export async function writeOurParties(
  database: Database,
  operatorId: string,
  parties: readonly OurParty[],
): Promise<void> {
  const Item = toItem({
    ...ocpiSettingsKey(operatorId),
    kind: 'OCPISETTINGS',
    parties: JSON.stringify(parties),
  });
  await database.client.send(new PutItemCommand({ TableName: database.state, Item }));
}
