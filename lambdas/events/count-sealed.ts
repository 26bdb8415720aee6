import type { DynamoDBRecord } from 'aws-lambda';
import { type Contribution, contributionOf } from '../../core/analytics/rollup.ts';
import { logger } from '../runtime/logger.ts';
import { countCdrs } from '../store/analytics/count-cdrs.ts';
import { contentFrom, sealFrom } from '../store/cdrs/cdr-item.ts';
import type { Database } from '../store/table/client.ts';
import { optionalText } from '../store/table/item.ts';
import { inTime, type RunningTime } from '../stream/in-time.ts';
import { newItem } from '../stream/stream-records.ts';

type Counted = { readonly record: DynamoDBRecord; readonly contribution: Contribution };

function readContribution(record: DynamoDBRecord): readonly Counted[] {
  const item = newItem(record);
  const seal = item && sealFrom(item);
  if (item === undefined || seal === undefined) return [];
  const content = contentFrom(item);
  const contribution = contributionOf(content, seal.sequence, optionalText(item, 'locationId'));
  return contribution === undefined ? [] : [{ record, contribution }];
}

/**
 * Counts CDRs that were just sealed in the rollups of their operators; notes the records that could not be counted, without those of
 * other operators.
 */
export async function countSealed(
  database: Database,
  records: readonly DynamoDBRecord[],
  time: RunningTime,
  errors: Map<DynamoDBRecord, unknown>,
): Promise<void> {
  const counted: Counted[] = [];
  for (const record of records) {
    try {
      counted.push(...readContribution(record));
    } catch (error) {
      logger.error('A CDR could not be read to be counted', { error, keys: record.dynamodb?.Keys });
      errors.set(record, error);
    }
  }
  const nowSeconds = Math.floor(Date.now() / 1000);
  for (const [operatorId, some] of Map.groupBy(counted, (one) => one.contribution.operatorId)) {
    const contributions = some.map(({ contribution }) => contribution);
    try {
      await inTime(
        time,
        async () => await countCdrs(database, operatorId, contributions, nowSeconds),
      );
    } catch (error) {
      logger.error('CDRs could not be counted', { error, operatorId });
      for (const { record } of some) errors.set(record, error);
    }
  }
}
