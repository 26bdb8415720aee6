import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Campaign } from '../../../core/firmware/campaign.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, number, text, toItem } from '../table/item.ts';
import { campaignKey } from '../table/keys/file-keys.ts';
import { lists } from '../table/keys/lists.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { putWith } from '../table/put-with.ts';

/** A campaign as it is stored: one item, so that no charger can be lost or begun with twice. */
export type StoredCampaign = {
  readonly campaignId: string;
  readonly operatorId: string;
  readonly firmwareId: string;
  /** The version that its chargers report in the end. */
  readonly version: string;
  readonly campaign: Campaign;
  /** The look at its chargers that comes next: a message about an earlier one is over. */
  readonly look: number;
  /** Counts up with every change; 1 at first. */
  readonly revision: number;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
};

/** Reads a campaign from its item. */
export const campaignFrom = (item: Item): StoredCampaign => ({
  campaignId: text(item, 'campaignId'),
  operatorId: text(item, 'operatorId'),
  firmwareId: text(item, 'firmwareId'),
  version: text(item, 'version'),
  campaign: document<Campaign>(item, 'campaign'),
  look: number(item, 'look'),
  revision: number(item, 'revision'),
  createdAt: text(item, 'createdAt'),
});

/**
 * Keeps a campaign, in one transaction with `more`. `changed` where another change came before, so that `revision` is no more the
 * one that is stored, or where a condition of `more` does not hold.
 */
export async function keepCampaign(
  database: Database,
  stored: StoredCampaign,
  more: readonly TransactWriteItem[] = [],
): Promise<'kept' | 'changed'> {
  const { operatorId, campaignId, campaign, revision, ...facts } = stored;
  const put = {
    Item: toItem({
      ...campaignKey(operatorId, campaignId),
      kind: 'CAMPAIGN',
      operatorId,
      campaignId,
      ...facts,
      campaign: JSON.stringify(campaign),
      revision: revision + 1,
      listKey: lists.campaigns(operatorId),
      listSort: campaignId,
    }),
    ConditionExpression: revision === 0 ? 'attribute_not_exists(pk)' : 'revision = :revision',
    ...(revision === 0 ? {} : { ExpressionAttributeValues: toItem({ ':revision': revision }) }),
  };
  return (await putWith(database, put, more)) ? 'kept' : 'changed';
}

/** Reads a campaign of an operator; undefined where it has none of this id. */
export async function readCampaign(
  database: Database,
  operatorId: string,
  campaignId: string,
): Promise<StoredCampaign | undefined> {
  const item = await getItem(database, campaignKey(operatorId, campaignId), true);
  return item === undefined ? undefined : campaignFrom(item);
}

/** Lists an operator's campaigns by id. */
export const listCampaigns = async (
  database: Database,
  operatorId: string,
  request: ListRequest,
): Promise<Listed<StoredCampaign>> =>
  await listThings(
    database,
    { steps: [[lists.campaigns(operatorId)]], order: 'ascending', ...request },
    campaignFrom,
  );
