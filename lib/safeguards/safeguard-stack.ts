import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DataStack } from '../data/data-stack.ts';
import type { Stage } from '../settings/stage.ts';
import { MonthlyBackups } from './monthly-backups.ts';
import { MonthlyBudget } from './monthly-budget.ts';

/** The surroundings of a safeguard stack. */
type SafeguardProps = StackProps & { readonly stage: Stage; readonly data: DataStack };

/** True if a stage asks for anything that a safeguard stack holds. */
export const hasSafeguards = ({ settings }: Stage): boolean =>
  settings.backupMonths !== undefined || settings.monthlyBudgetUsd !== undefined;

/**
 * Backups and a budget, where a stage asks for them. A stack of its own: nothing that runs depends on it, and no machine but AWS
 * can run what is in it.
 */
export class SafeguardStack extends Stack {
  constructor(scope: Construct, id: string, { stage, data, ...props }: SafeguardProps) {
    super(scope, id, props);
    const { backupMonths, monthlyBudgetUsd, alarmEmail } = stage.settings;
    if (backupMonths !== undefined) {
      const tableArns = [data.state.tableArn, data.readings.tableArn];
      new MonthlyBackups(this, 'Backups', { stage, months: backupMonths, tableArns });
    }
    if (monthlyBudgetUsd !== undefined && alarmEmail !== undefined) {
      new MonthlyBudget(this, 'Budget', { stage, usd: monthlyBudgetUsd, email: alarmEmail });
    }
  }
}
