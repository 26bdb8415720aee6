import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import type { Item } from '../table/item.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { settingsKey } from '../table/keys/operator-keys.ts';
import { updateOf } from '../table/update.ts';

/** True if an operator has partners who may know a token that it does not know. */
export const asksPartners = (settings: Item): boolean => settings['asksPartners']?.BOOL === true;

/** Notes that an operator has such partners, where every connection of a charger and every start of a session find it. */
export async function noteAskedPartners(database: Database, operatorId: string): Promise<void> {
  await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: keyAttributes(settingsKey(operatorId)),
      ...updateOf({ set: { kind: 'SETTINGS', asksPartners: true } }),
    }),
  );
}
