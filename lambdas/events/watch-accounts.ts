import type { DynamoDBRecord } from 'aws-lambda';
import { type Account, limitOf } from '../../core/account/account.ts';
import { type AccountUse, reachedLimits } from '../../core/account/account-use.ts';
import { moneyDecimals } from '../../core/analytics/figures.ts';
import { currencyDecimals } from '../../core/units/currency.ts';
import { shortDecimal } from '../../core/units/decimal.ts';
import { kwhNumber } from '../../core/units/format-kwh.ts';
import { localDate } from '../../core/units/local-date.ts';
import { stopSession } from '../connection/stop-session.ts';
import { logger } from '../runtime/logger.ts';
import { noteRunning, readAccountUse, readLimited } from '../store/accounts/account-use.ts';
import { noteReached } from '../store/accounts/reached-limits.ts';
import { contentFrom } from '../store/cdrs/cdr-item.ts';
import { runningViewFrom } from '../store/sessions/running-view.ts';
import type { Database } from '../store/table/client.ts';
import { text } from '../store/table/item.ts';
import { inTime, type RunningTime } from '../stream/in-time.ts';
import { newItem } from '../stream/stream-records.ts';
import { sessionOf } from './address-event.ts';
import { eachRecord, type RecordErrors } from './each-record.ts';

/** That an account used something, or has other limits. */
type Seen = {
  readonly record: DynamoDBRecord;
  readonly operatorId: string;
  readonly accountId: string;
  /** Where its charger is; unknown of a change of the account itself. */
  readonly zone?: string;
  /** A session that runs. */
  readonly sessionId?: string;
  readonly isChanged?: true;
};

/** Accounts without limits, and until when that is believed, epoch ms: nothing is read for their sessions meanwhile. */
const unlimited = new Map<string, number>();
const believedFor = 30_000;
const mostUnlimited = 10_000;

async function seenIn(database: Database, record: DynamoDBRecord): Promise<Seen | undefined> {
  const item = newItem(record);
  switch (item?.['kind']?.S) {
    case 'LIVE': {
      const { sessionId } = runningViewFrom(item);
      const session = await sessionOf(database, sessionId);
      const accountId = session?.start?.accountId;
      if (session === undefined || accountId === undefined) return undefined;
      const { operatorId, timeZone: zone } = session;
      return { record, operatorId, accountId, zone, sessionId };
    }
    case 'CDR': {
      const { operatorId, accountId, timeZone: zone } = contentFrom(item);
      return accountId === null ? undefined : { record, operatorId, accountId, zone };
    }
    case 'ACCOUNT': {
      const [operatorId, accountId] = [text(item, 'operatorId'), text(item, 'accountId')];
      return { record, operatorId, accountId, isChanged: true };
    }
    default:
      return undefined;
  }
}

const keyOf = ({ operatorId, accountId }: Pick<Seen, 'operatorId' | 'accountId'>): string =>
  `${operatorId}#${accountId}`;

function noteUnlimited(key: string, now: number): void {
  if (unlimited.size >= mostUnlimited) unlimited.clear();
  unlimited.set(key, now + believedFor);
}

/** Says once that limits were reached. */
async function tell(
  database: Database,
  account: Account,
  month: string,
  { energy, inclVat }: AccountUse,
  at: string,
  reached: ReturnType<typeof reachedLimits>,
): Promise<void> {
  const { operatorId, accountId, currency } = account;
  for (const limit of reached) {
    await noteReached(database, {
      operatorId,
      accountId,
      month,
      limit,
      limitValue: limitOf(account, limit) ?? '0',
      energyKwh: kwhNumber(energy),
      inclVat: shortDecimal(inclVat, moneyDecimals, currencyDecimals(currency) ?? 2),
      currency,
      at,
    });
  }
}

/** Compares what an account has used with its limits, and stops its sessions where one is reached. */
async function checkAccount(
  database: Database,
  [first, ...others]: readonly [Seen, ...Seen[]],
  now: number,
): Promise<void> {
  const all = [first, ...others];
  const key = keyOf(first);
  if (all.some(({ isChanged }) => isChanged)) unlimited.delete(key);
  if ((unlimited.get(key) ?? 0) > now) return;
  const limited = await readLimited(database, first.operatorId, first.accountId);
  if (limited === undefined) {
    noteUnlimited(key, now);
    return;
  }
  const { account, running: known } = limited;
  const seen = all.flatMap(({ sessionId }) => sessionId ?? []);
  const at = new Date(now).toISOString();
  const zone = all.findLast((one) => one.zone !== undefined)?.zone ?? 'UTC';
  const month = localDate(at, zone).slice(0, 7);
  const ids = [...new Set([...known, ...seen])];
  const { use, running, over } = await readAccountUse(database, limited, month, ids);
  const isKnown = (id: string): boolean => known.includes(id);
  await noteRunning(
    database,
    account,
    'ADD',
    running.filter((id) => !isKnown(id)),
  );
  await noteRunning(database, account, 'DELETE', over.filter(isKnown));
  const reached = reachedLimits(account, use);
  if (reached.length === 0) return;
  await tell(database, account, month, use, at, reached);
  for (const sessionId of running) await stopSession(database, sessionId, now);
}

/** Finds which accounts records are of; notes those of which that could not be read. */
async function findSeen(
  database: Database,
  records: readonly DynamoDBRecord[],
  time: RunningTime,
  errors: RecordErrors,
): Promise<readonly Seen[]> {
  const seen = await eachRecord(records, time, errors, {
    failure: 'It could not be read whose account a session is of',
    work: async (record) => await seenIn(database, record),
  });
  return seen.filter((one) => one !== undefined);
}

/**
 * Watches what accounts use, from the running views and the sealed CDRs of their sessions, which must be counted already. Notes the records
 * that could not be looked at; to look again changes nothing.
 */
export async function watchAccounts(
  database: Database,
  records: readonly DynamoDBRecord[],
  time: RunningTime,
  errors: RecordErrors,
): Promise<void> {
  const seen = await findSeen(database, records, time, errors);
  for (const [first, ...others] of Map.groupBy(seen, keyOf).values()) {
    if (first === undefined) continue;
    try {
      const work = async () => await checkAccount(database, [first, ...others], Date.now());
      await inTime(time, work);
    } catch (error) {
      logger.error('An account could not be held against its limits', { error });
      for (const { record } of [first, ...others]) errors.set(record, error);
    }
  }
}
