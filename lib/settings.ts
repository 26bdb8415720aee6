import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';

/** What an operator of the deployment may choose, each by `-c name=value` or in `cdk.json`. */
export type Settings = {
  /** Days that raw readings are kept, 1 to 3650; the CDR keeps its evidence for ever. */
  readonly readingRetentionDays: number;
  /** Days that logs are kept: one of the periods that CloudWatch knows. */
  readonly logRetentionDays: RetentionDays;
};

// Thirteen months: a driver may dispute the bill of a year, and an audit comes after the year has ended.
const READING_RETENTION_DAYS = 400;

/** Reads the settings from the context of the app; throws a sentence that names the setting and its range. */
export function readSettings(node: Node): Settings {
  return {
    readingRetentionDays: wholeDays(node, 'readingRetentionDays', READING_RETENTION_DAYS),
    logRetentionDays: logRetention(node),
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
  const given: unknown = node.tryGetContext(name) ?? otherwise;
  const days = Number(given);
  if (!Number.isInteger(days) || days < 1 || days > 3650) {
    throw new Error(`${name}: a whole number of days from 1 to 3650, not ${String(given)}`);
  }
  return days;
}
