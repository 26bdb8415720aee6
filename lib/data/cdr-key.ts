import { RemovalPolicy } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keepExported } from '../settings/keep-exported.ts';
import { nameIn, type Stage } from '../settings/stage.ts';

/** The key that signs charge detail records; its private half never leaves KMS. */
export class CdrKey extends Construct {
  readonly keyArn: string;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: `Signs the charge detail records of Joulegate, stage ${stage.name}`,
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      // A sealed CDR must stay verifiable when the stack is long gone.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // By its name a retained key is found again.
    key.addAlias(`alias/${nameIn(stage, 'cdr')}`).applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.keyArn = key.keyArn;
    keepExported(this, [this.keyArn]);
  }
}
