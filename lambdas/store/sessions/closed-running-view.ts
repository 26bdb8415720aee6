import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { type Item, number, optionalText, toItem } from '../table/item.ts';
import { runningViewKey } from '../table/keys/session-keys.ts';

/** Which readings a CDR is based on: by their marks (see evidence.ts) or, where there are too many, by when they were kept. */
export type CountedReadings = {
  readonly marks?: string;
  /** Everything that was kept until then counts, ISO 8601 in UTC; where that is later than the session's last word. */
  readonly until?: string;
  /** Nothing after this key counts, where there was more than a CDR is made from. */
  readonly end?: string;
};

/**
 * Replaces a session's running view once its CDR was computed, sealed or held. Whoever would write a
 * running view after that finds it, so that no reading that comes too late is taken for one of a running session.
 */
export type ClosedRunningView = {
  /** Counts up with every change, on from the running view's. */
  readonly version: number;
  /** Of the sealed CDR in force; nothing while it is held. */
  readonly counted: CountedReadings;
  /** Marks of readings that came too late and were found to change nothing. */
  readonly reviewed?: string;
};

/** The attributes that hold which readings count. */
export const countedAttributes = ({ marks, until, end }: CountedReadings) => ({
  counted: marks,
  countedUntil: until,
  countedEnd: end,
});

/** Reads which readings count from the attributes of an item. */
export const countedFrom = (item: Item): CountedReadings =>
  omitUndefined({
    marks: optionalText(item, 'counted'),
    until: optionalText(item, 'countedUntil'),
    end: optionalText(item, 'countedEnd'),
  });

const closedKind = 'CLOSED';

/** Distinguishes a closed session from a running view. */
export const isClosed = (item: Item): boolean => item['kind']?.S === closedKind;

/** Reads a closed session from its item. */
export const closedRunningViewFrom = (item: Item): ClosedRunningView =>
  omitUndefined({
    version: number(item, 'version'),
    counted: countedFrom(item),
    reviewed: optionalText(item, 'reviewed'),
  });

/**
 * Ends a session's running view, or changes what is kept instead, as a part of a transaction. It fails when something
 * was written there since `version` (0: nothing existed) was read: a reading may have come in between.
 */
export function closeRunningView(
  database: Database,
  sessionId: string,
  { version, counted, reviewed }: ClosedRunningView,
): TransactWriteItem {
  const isFirst = version === 0;
  return {
    Put: {
      TableName: database.state,
      Item: toItem({
        ...runningViewKey(sessionId),
        kind: closedKind,
        ...countedAttributes(counted),
        reviewed,
        version: version + 1,
      }),
      ConditionExpression: isFirst ? 'attribute_not_exists(pk)' : '#version = :version',
      ...(isFirst
        ? {}
        : {
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: toItem({ ':version': version }),
          }),
    },
  };
}
