import { RemovalPolicy } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keepExported } from '../settings/keep-exported.ts';
import { nameIn, type Stage } from '../settings/stage.ts';

/** A key that seals CDRs, or did, and from when until when. */
export type DatedKey = {
  readonly keyArn: string;
  /** ISO 8601 in UTC; absent for the first key, which seals from the first CDR on. */
  readonly validFrom?: string;
  /** ISO 8601 in UTC; absent for the key in use. */
  readonly validUntil?: string;
};

/** The key that signs charge detail records, and those that did before; their private halves never leave KMS. */
export class CdrKey extends Construct {
  /** The one in use. */
  readonly keyArn: string;
  /** All of them, in their order; the last one is in use. */
  readonly keys: readonly DatedKey[];

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const replacedAt = stage.settings.cdrKeyReplacedAt;
    const first = this.#addKey(stage, 1);
    const others = replacedAt.map((_at, index) => this.#addKey(stage, index + 2));
    this.keys = [first, ...others].map((keyArn, index) => {
      const [validFrom, validUntil] = [replacedAt[index - 1], replacedAt[index]];
      return { keyArn, ...(validFrom && { validFrom }), ...(validUntil && { validUntil }) };
    });
    this.keyArn = others.at(-1) ?? first;
    keepExported(this, [first, ...others]);
  }

  #addKey(stage: Stage, number: number): string {
    const suffix = number === 1 ? '' : String(number);
    const key = new Key(this, `Key${suffix}`, {
      description: `Signs the charge detail records of Joulegate, stage ${stage.name}`,
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      // A sealed CDR must stay verifiable when the stack is long gone.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // By its name a retained key is found again.
    key.addAlias(`alias/${nameIn(stage, `cdr${suffix}`)}`).applyRemovalPolicy(RemovalPolicy.RETAIN);
    return key.keyArn;
  }
}
