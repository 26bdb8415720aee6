import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { nameIn, type Stage } from '../settings/stage.ts';
import { acknowledge } from '../validation/acknowledge.ts';

const longestMonth = 31;

/** A backup of tables on the first of each month, for what point-in-time recovery does not reach: months ago, or a table that is gone. */
export class MonthlyBackups extends Construct {
  constructor(
    scope: Construct,
    id: string,
    {
      stage,
      months,
      tableArns,
    }: { readonly stage: Stage; readonly months: number; readonly tableArns: readonly string[] },
  ) {
    super(scope, id);
    const backupVault = new BackupVault(this, 'Vault', {
      backupVaultName: nameIn(stage, 'backups'),
      // Whoever deletes the stack does not delete the backups.
      removalPolicy: RemovalPolicy.RETAIN,
      blockRecoveryPointDeletion: true,
    });
    const plan = new BackupPlan(this, 'Plan', {
      backupPlanName: nameIn(stage, 'monthly'),
      backupVault,
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: 'monthly',
          scheduleExpression: Schedule.cron({ day: '1', hour: '3', minute: '0' }),
          startWindow: Duration.hours(1),
          completionWindow: Duration.hours(24),
          deleteAfter: Duration.days(months * longestMonth),
        }),
      ],
    });
    const selection = plan.addSelection('Tables', {
      resources: tableArns.map((arn) => BackupResource.fromArn(arn)),
    });
    acknowledge(selection, {
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]':
        'AWS keeps this policy as what its backup service needs for a table; a copy of it would be wrong with the next change.',
    });
  }
}
