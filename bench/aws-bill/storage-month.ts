import { type BillLine, line } from './charger-month.ts';
import { prices } from './prices.ts';

/** Bytes that one session leaves in the tables. */
export type StoredBytes = { readonly readings: number; readonly state: number };

/** How long what a session leaves is kept. */
export type Retention = {
  readonly sessionsPerDay: number;
  /** Days after which raw readings expire. */
  readonly readingDays: number;
  /** Whether raw readings can be brought back to a point in time, which is billed by their size. */
  readonly readingRecovery: boolean;
  /** Days of sessions and CDRs that have gathered; they are kept for ever. */
  readonly stateDays: number;
};

/** Monthly cost of a charger's data, once as much expires as is written, backups included. */
export function storageMonth(session: StoredBytes, retention: Retention): readonly BillLine[] {
  const { sessionsPerDay, readingDays, readingRecovery, stateDays } = retention;
  const readings = session.readings * sessionsPerDay * readingDays;
  const state = session.state * sessionsPerDay * stateDays;
  return [
    line('Readings stored, bytes', readings, prices.dynamodbStorage.usd),
    line('Sessions and CDRs stored, bytes', state, prices.dynamodbStorage.usd),
    line(
      'Recovery to any point in time, bytes',
      (readingRecovery ? readings : 0) + state,
      prices.dynamodbRecovery.usd,
    ),
  ];
}
