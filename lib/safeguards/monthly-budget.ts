import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';
import { nameIn, type Stage } from '../settings/stage.ts';

/** When mail is sent: at a share of the budget, in percent, that was spent or is forecast. */
const notices = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'FORECASTED', threshold: 100 },
  { notificationType: 'ACTUAL', threshold: 100 },
] as const;

/** A budget of a month for all that bears the tag of the stage, with mail before it is spent. It stops nothing. */
export class MonthlyBudget extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { stage, usd, email }: { readonly stage: Stage; readonly usd: number; readonly email: string },
  ) {
    super(scope, id);
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: nameIn(stage, 'monthly'),
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: usd, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:joulegate:stage$${stage.name}`] },
      },
      notificationsWithSubscribers: notices.map((notice) => ({
        notification: {
          ...notice,
          comparisonOperator: 'GREATER_THAN',
          thresholdType: 'PERCENTAGE',
        },
        subscribers: [{ subscriptionType: 'EMAIL', address: email }],
      })),
    });
  }
}
