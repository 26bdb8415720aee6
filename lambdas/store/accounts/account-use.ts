import { QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Account, hasLimits } from '../../../core/account/account.ts';
import { type AccountUse, accountUse } from '../../../core/account/account-use.ts';
import { readGroupSums } from '../analytics/list-rollups.ts';
import { isClosed } from '../sessions/closed-running-view.ts';
import { runningViewFrom } from '../sessions/running-view.ts';
import type { Database } from '../table/client.ts';
import { getItems } from '../table/get-item.ts';
import { toItem } from '../table/item.ts';
import { accountKey, accountRunningKey } from '../table/keys/account-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { runningViewKey } from '../table/keys/session-keys.ts';
import { accountFrom } from './accounts.ts';
import { type RoamingSum, roamingSumFrom } from './roaming-sums.ts';

/** An account with limits, its sessions that were seen running, and its sums at roaming partners by month. */
export type LimitedAccount = {
  readonly account: Account;
  readonly running: readonly string[];
  readonly roaming: readonly RoamingSum[];
};

/** Reads an account with its sessions that run and its sums at roaming partners, in one request; undefined where it has no limits, or is not registered. */
export async function readLimited(
  database: Database,
  operatorId: string,
  accountId: string,
): Promise<LimitedAccount | undefined> {
  const { Items = [] } = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      // The limits that it reached before come after them.
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': accountKey(operatorId, accountId).pk,
        ':from': accountKey(operatorId, accountId).sk,
        ':to': accountRunningKey(operatorId, accountId).sk,
      }),
      ConsistentRead: true,
    }),
  );
  const item = Items.find(({ kind }) => kind?.S === 'ACCOUNT');
  const account = item && accountFrom(item);
  if (account === undefined || !hasLimits(account)) return undefined;
  const running = Items.find(({ kind }) => kind?.S === 'ACCOUNTRUNNING')?.['sessions']?.SS ?? [];
  const roaming = Items.filter(({ kind }) => kind?.S === 'ACCOUNTROAMING').map(roamingSumFrom);
  return { account, running, roaming };
}

/** The use of an account in a month, and which of its sessions run; `over` those that do not any more. */
export type ReadUse = {
  readonly use: AccountUse;
  /** That use without one of the sessions. */
  readonly ofOthers: AccountUse;
  readonly running: readonly string[];
  readonly over: readonly string[];
};

/**
 * Adds up what an account has used in a month: by its sealed CDRs, by the running views of these sessions, also without one, `own`, and
 * by the CDRs of roaming partners, which have been read with it.
 */
export async function readAccountUse(
  database: Database,
  { account, roaming }: Pick<LimitedAccount, 'account' | 'roaming'>,
  month: string,
  sessionIds: readonly string[],
  own?: string,
): Promise<ReadUse> {
  const { operatorId, accountId, currency } = account;
  // First: a session whose CDR is sealed in between is missed, which the CDR's own look makes good, and never counted twice.
  const sealed = await readGroupSums(
    database,
    operatorId,
    { by: 'account', group: accountId, month },
    true,
  );
  const settled = [...sealed, ...roaming.filter((sum) => sum.month === month)];
  const items = await getItems(database, sessionIds.map(runningViewKey), true);
  const views = items.flatMap((item) =>
    item === undefined || isClosed(item) ? [] : [runningViewFrom(item)],
  );
  const running = views.map(({ sessionId }) => sessionId);
  return {
    use: accountUse(currency, settled, views),
    ofOthers: accountUse(
      currency,
      settled,
      views.filter(({ sessionId }) => sessionId !== own),
    ),
    running,
    over: sessionIds.filter((id) => !running.includes(id)),
  };
}

/** Notes sessions of an account that run, or that they do not any more. */
export async function noteRunning(
  database: Database,
  { operatorId, accountId }: Pick<Account, 'operatorId' | 'accountId'>,
  verb: 'ADD' | 'DELETE',
  sessionIds: readonly string[],
): Promise<void> {
  if (sessionIds.length === 0) return;
  await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: keyAttributes(accountRunningKey(operatorId, accountId)),
      UpdateExpression: `SET kind = :kind ${verb} sessions :sessions`,
      ExpressionAttributeValues: {
        ':kind': { S: 'ACCOUNTRUNNING' },
        ':sessions': { SS: [...sessionIds] },
      },
    }),
  );
}
