import { RemovalPolicy } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keepExported } from '../settings/keep-exported.ts';
import { nameIn, type Stage } from '../settings/stage.ts';

/** The key that the secrets of webhooks are derived from; it never leaves KMS, and they are stored nowhere. */
export class WebhookKey extends Construct {
  readonly keyArn: string;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: `Secrets of the webhooks of Joulegate, stage ${stage.name}`,
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      // With another key every integrator would have to be given a new secret.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.addAlias(`alias/${nameIn(stage, 'webhooks')}`).applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.keyArn = key.keyArn;
    keepExported(this, [this.keyArn]);
  }
}
