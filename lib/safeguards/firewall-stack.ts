import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { nameIn, type Stage } from '../settings/stage.ts';

const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
});

/**
 * A web ACL of AWS WAF that refuses an address with too many handshakes. CloudFront takes web ACLs of us-east-1 alone, so that it is
 * a stack of that Region, and `chargerWebAclArn` then names it.
 */
export class FirewallStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    {
      stage,
      handshakesPerAddress,
      ...props
    }: StackProps & { readonly stage: Stage; readonly handshakesPerAddress: number },
  ) {
    super(scope, id, props);
    const name = nameIn(stage, 'chargers');
    const webAcl = new CfnWebACL(this, 'WebAcl', {
      name,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visible(name),
      rules: [
        {
          name: 'handshakes-of-an-address',
          priority: 0,
          action: { block: {} },
          statement: {
            rateBasedStatement: {
              aggregateKeyType: 'IP',
              limit: handshakesPerAddress,
              evaluationWindowSec: 300,
            },
          },
          visibilityConfig: visible(`${name}-handshakes`),
        },
      ],
    });
    new CfnOutput(this, 'WebAclArn', { value: webAcl.attrArn });
  }
}
