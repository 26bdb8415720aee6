import { readTimestamp } from '../../core/metering/read-timestamp.ts';
import { isoInstant } from '../../core/units/instant.ts';

/** A charger's timestamp as ISO 8601 in UTC with milliseconds; the time of receipt where it gave none that can be read. */
export const isoTimeOf = (timestamp: string | undefined, receivedAt: number): string =>
  timestamp === undefined
    ? new Date(receivedAt).toISOString()
    : isoInstant(readTimestamp(timestamp, receivedAt, true).at);
