import { RemovalPolicy } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keepExported } from '../settings/keep-exported.ts';
import { nameIn, type Stage } from '../settings/stage.ts';

/** The key of the authority that certifies chargers; its private half never leaves KMS. */
export class AuthorityKey extends Construct {
  readonly keyArn: string;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: `Certifies the chargers of Joulegate, stage ${stage.name}`,
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      // With another key every charger would need a new certificate, and the trust store another authority.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.addAlias(`alias/${nameIn(stage, 'authority')}`).applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.keyArn = key.keyArn;
    keepExported(this, [this.keyArn]);
  }
}
