import { Aws, CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { keepExported } from '../settings/keep-exported.ts';
import { nameIn, type Stage } from '../settings/stage.ts';
import { acknowledge } from '../validation/acknowledge.ts';

/** Files of chargers: the logs that they upload below `logs/`, and the firmware that they download below `firmware/`. */
export class FileBucket extends Construct {
  readonly bucketName: string;
  /** For any stack of the app but that of the bucket. */
  readonly bucketArn: string;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      // Names of buckets are taken for all accounts of the world.
      bucketName: `${nameIn(stage, 'files')}-${Aws.ACCOUNT_ID}-${Aws.REGION}`,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Without versions: a log has the hash of its content in its key, and S3 takes a firmware only with the hash that it is registered with.
      versioned: false,
      lifecycleRules: [
        {
          id: 'logs',
          prefix: 'logs/',
          expiration: Duration.days(stage.settings.chargerLogRetentionDays),
        },
        { id: 'unfinished', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucketName = bucket.bucketName;
    // By a name of our own: the rule packs name what the ARN of any file in it allows by it, whatever Region is set.
    this.bucketArn = new CfnOutput(this, 'Arn', {
      value: bucket.bucketArn,
      exportName: nameIn(stage, 'file-bucket'),
    }).importValue;
    keepExported(this, [this.bucketName]);
    acknowledge(bucket, {
      'AwsSolutions-S1':
        'Only functions reach the bucket, by URLs that they sign for one object each: each use is in their logs and in the command that it belongs to.',
    });
  }
}
