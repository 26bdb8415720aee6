import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Severity } from '../queues/failure-queue.ts';
import type { TroubleName } from './troubles.ts';

/** An alarm, whose name is that of its section in the runbook. */
export type Watch = {
  readonly name: string;
  readonly severity: Severity;
  /** One sentence: the consequence for as long as it lasts. */
  readonly consequence: string;
  /** Each costs a tenth of a dollar a month. */
  readonly metrics: readonly IMetric[];
  /** Of several, the highest or the sum counts; otherwise an expression over `c0`, `c1` and so on. */
  readonly by: 'MAX' | 'SUM' | { readonly expression: string };
  /** Alarm above it. */
  readonly threshold: number;
  /** Periods that are looked at, all of which must be above. */
  readonly periods: number;
  /** Length of a period; five unless given. */
  readonly minutes?: number;
  /** The kind of trouble that it is announced with; absent where nothing else raises it, so that it is announced by itself. */
  readonly trouble?: TroubleName;
};
