import { readTimestamp } from '../../metering/points/read-timestamp.ts';
import { type Instant, isoInstant } from '../../units/instant.ts';
import { parseInstant } from '../../units/parse-instant.ts';

const earlier = (a: Instant | undefined, b: Instant | undefined): Instant | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
};

const instantOf = (text: string): Instant | undefined => {
  const parsed = parseInstant(text);
  return parsed.kind === 'instant' ? parsed.at : undefined;
};

/**
 * The moment whose tariff holds for a session, ISO 8601 UTC: the earlier of the charger's start and our receipt of it,
 * so that neither a clock in the future nor an offline start days ago gets prices that did not exist. The charger's
 * time is read as metering reads it: one of a clock that was never set, or that cannot be read, is the receipt; one
 * without zone is one of `zone`, the charger's. Undefined when neither time can be read.
 */
export const tariffMoment = (
  startedAt: string,
  receivedAt: string,
  zone?: string,
): string | undefined => {
  const received = instantOf(receivedAt);
  const moment = earlier(chargersTime(startedAt, received, zone), received);
  return moment === undefined ? undefined : isoInstant(moment);
};

/** Without a receipt to fall back on, a time that needs one counts for nothing. */
const chargersTime = (
  startedAt: string,
  received: Instant | undefined,
  zone: string | undefined,
): Instant | undefined => {
  const { at, notes } = readTimestamp(startedAt, Number(received ?? 0n), true, zone);
  const isReceipt = notes.includes('TS_EPOCH') || notes.includes('TS_UNPARSEABLE');
  return isReceipt ? received : at;
};
