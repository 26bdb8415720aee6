import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { HubMember } from '../../../core/ocpi/hub/deployment-hub.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, number, toItem } from '../table/item.ts';
import { hubMembersKey } from '../table/keys/partner-keys.ts';

/** The members of the hub between the operators of the deployment: one item, as they are a few hundred at most and change rarely. */
export type HubMembers = {
  readonly members: readonly HubMember[];
  /** Counts up with every change; absent before the first. */
  readonly revision?: number;
};

/** Reads the members of the hub. */
export async function readHubMembers(database: Database): Promise<HubMembers> {
  const item = await getItem(database, hubMembersKey, true);
  return item === undefined
    ? { members: [] }
    : {
        members: document<readonly HubMember[]>(item, 'members'),
        revision: number(item, 'revision'),
      };
}

/** The part of a transaction that keeps other members, if nobody changed them since they were read. */
export const hubMembersPart = (
  database: Database,
  { revision }: HubMembers,
  members: readonly HubMember[],
): TransactWriteItem => ({
  Put: {
    TableName: database.state,
    Item: toItem({
      ...hubMembersKey,
      kind: 'HUBMEMBERS',
      members: JSON.stringify(members),
      revision: (revision ?? 0) + 1,
    }),
    ...(revision === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#revision = :asRead',
          ExpressionAttributeNames: { '#revision': 'revision' },
          ExpressionAttributeValues: { ':asRead': { N: String(revision) } },
        }),
  },
});
