import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { makeApp, resourcesOf, templateOf } from './synthesize.ts';

const email = 'night@operator.example';

describe('safeguards', () => {
  it('a stage that asks for none has no backup, budget or firewall, and pays for none', () => {
    const types = Object.values(templateOf().toJSON()['Resources']).map(
      (resource) => (resource as { Type: string }).Type,
    );

    expect(types.filter((type) => /Backup|Budget|WAF/.test(type))).toEqual([]);
  });

  it('a backup of both tables is made on the first of each month, kept for the months of the settings, and outlives its stack', () => {
    const template = templateOf({ backupMonths: 12 });

    const [plan] = resourcesOf(template, 'AWS::Backup::BackupPlan');
    expect(plan?.Properties['BackupPlan']).toMatchObject({
      BackupPlanRule: [
        {
          ScheduleExpression: 'cron(0 3 1 * ? *)',
          Lifecycle: { DeleteAfterDays: 12 * 31 },
        },
      ],
    });
    const tables = resourcesOf(template, 'AWS::DynamoDB::GlobalTable').map(({ id }) => id);
    const [selection] = resourcesOf(template, 'AWS::Backup::BackupSelection');
    expect(selection?.Properties['BackupSelection']).toMatchObject({
      Resources: expect.arrayContaining(tables.map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] }))),
    });
    const [vault] = resourcesOf(template, 'AWS::Backup::BackupVault');
    expect(vault?.DeletionPolicy).toBe('Retain');
    expect(JSON.stringify(vault?.Properties['AccessPolicy'])).toContain(
      'backup:DeleteRecoveryPoint',
    );
  });

  it('a budget counts what bears the tag of the stage, and sends mail before it is spent', () => {
    const template = templateOf({ stage: 'test', monthlyBudgetUsd: 100, alarmEmail: email });

    const [budget] = resourcesOf(template, 'AWS::Budgets::Budget');
    expect(budget?.Properties['Budget']).toMatchObject({
      BudgetLimit: { Amount: 100, Unit: 'USD' },
      CostFilters: { TagKeyValue: ['user:joulegate:stage$test'] },
      TimeUnit: 'MONTHLY',
    });
    const notices = budget?.Properties['NotificationsWithSubscribers'] as readonly object[];
    expect(notices).toHaveLength(3);
    for (const notice of notices) {
      expect(notice).toMatchObject({ Subscribers: [{ Address: email }] });
    }
  });

  it('a budget that nobody hears of is refused', () => {
    expect(() => makeApp({ monthlyBudgetUsd: 100 })).toThrow(
      /^monthlyBudgetUsd needs an alarmEmail/,
    );
  });

  it('a firewall is a stack of us-east-1 that refuses an address beyond its handshakes, and CloudFront takes the one that is named', () => {
    const arn = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/joulegate-prod-chargers/1';
    const made = makeApp({ chargerHandshakesPerAddress: 2000, chargerWebAclArn: arn });

    const firewall = made.app.node.findChild('joulegate-prod-firewall') as (typeof made)['data'];
    expect(firewall.region).toBe('us-east-1');
    const template = Template.fromStack(firewall);
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'CLOUDFRONT',
      DefaultAction: { Allow: {} },
      Rules: [
        {
          Action: { Block: {} },
          Statement: { RateBasedStatement: { Limit: 2000, EvaluationWindowSec: 300 } },
        },
      ],
    });
    expect(template.findOutputs('WebAclArn')).toMatchObject({ WebAclArn: {} });
    Template.fromStack(made.endpoints).hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { WebACLId: arn },
    });
  });

  it('tags of the settings are on every stack, and none takes the place of the stage', () => {
    const tags = { 'cost-centre': '4711', 'joulegate:stage': 'other' };
    const made = makeApp({ tags, backupMonths: 1 });

    for (const child of made.app.node.children) {
      const { tags: given } = child as (typeof made)['data'];
      expect(given?.tagValues()).toEqual({ 'cost-centre': '4711', 'joulegate:stage': 'prod' });
    }
  });
});

describe('the prices of safeguards', () => {
  it('docs/security.md and docs/deploy.md have the same price of a web ACL with one rule', () => {
    const [security, deploy] = ['security', 'deploy'].map((name) =>
      readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8'),
    );

    expect(security).toContain('5 USD a month, 1 USD per rule, 0.60 USD per million handshakes');
    expect(deploy).toContain('6 USD a month and 0.60 per million handshakes');
  });
});
