import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';

/** What an operator of the deployment may choose, each by `-c name=value` or in `cdk.json`. */
export type Settings = {
  /** Days that raw readings are kept, 1 to 3650; the CDR keeps its evidence for ever. */
  readonly readingRetentionDays: number;
  /** Days that logs are kept: one of the periods that CloudWatch knows. */
  readonly logRetentionDays: RetentionDays;
  /**
   * Seconds that readings are gathered before running energy and cost are written, 0 to 300: how far the running view
   * lags behind, against one write and one run for each gathering.
   */
  readonly liveWindowSeconds: number;
  /**
   * Seconds after the last reading that came too late for its session until a sealed CDR is corrected, 0 to 900: a
   * charger that sends what it has kept while it was offline gets one correction and not many.
   */
  readonly correctionDelaySeconds: number;
};

// Thirteen months: a driver may dispute the bill of a year, and an audit comes after the year has ended.
const READING_RETENTION_DAYS = 400;

// Two readings of a charger that sends one a minute.
const LIVE_WINDOW_SECONDS = 65;

// The longest that a queue can hold a message back.
const CORRECTION_DELAY_SECONDS = 900;

/** Reads the settings from the context of the app; throws a sentence that names the setting and its range. */
export function readSettings(node: Node): Settings {
  return {
    readingRetentionDays: wholeDays(node, 'readingRetentionDays', READING_RETENTION_DAYS),
    logRetentionDays: logRetention(node),
    liveWindowSeconds: wholeNumber(node, 'liveWindowSeconds', LIVE_WINDOW_SECONDS, {
      of: 'seconds',
      least: 0,
      most: 300,
    }),
    correctionDelaySeconds: wholeNumber(node, 'correctionDelaySeconds', CORRECTION_DELAY_SECONDS, {
      of: 'seconds',
      least: 0,
      most: 900,
    }),
  };
}

function logRetention(node: Node): RetentionDays {
  const days = wholeDays(node, 'logRetentionDays', RetentionDays.ONE_MONTH);
  if (!(days in RetentionDays)) {
    throw new Error(
      `logRetentionDays: CloudWatch keeps logs for 1, 3, 5, 7, 14, 30 … days, not ${days}`,
    );
  }
  return days;
}

function wholeDays(node: Node, name: string, otherwise: number): number {
  return wholeNumber(node, name, otherwise, { of: 'days', least: 1, most: 3650 });
}

function wholeNumber(
  node: Node,
  name: string,
  otherwise: number,
  { of, least, most }: { readonly of: string; readonly least: number; readonly most: number },
): number {
  const given: unknown = node.tryGetContext(name) ?? otherwise;
  const number = Number(given);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new Error(
      `${name}: a whole number of ${of} from ${least} to ${most}, not ${String(given)}`,
    );
  }
  return number;
}
