import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Stage } from '../settings/stage.ts';
import { AuthorityKey } from './authority-key.ts';
import { CdrKey } from './cdr-key.ts';
import { FileBucket } from './file-bucket.ts';
import { ReadingsTable } from './readings-table.ts';
import { StateTable } from './state-table.ts';
import { WebhookKey } from './webhook-key.ts';

/** The resources that must outlive every deployment: the two tables, the keys and the files of chargers. Apart, so that nobody deletes it by accident. */
export class DataStack extends Stack {
  readonly readings: ReadingsTable;
  readonly state: StateTable;
  readonly cdrKey: CdrKey;
  readonly webhookKey: WebhookKey;
  /** Absent where the stage has no authority for chargers. */
  readonly authorityKey: AuthorityKey | undefined;
  readonly files: FileBucket;

  constructor(scope: Construct, id: string, stage: Stage, props: StackProps) {
    super(scope, id, { terminationProtection: true, ...props });
    this.readings = new ReadingsTable(this, 'Readings', stage);
    this.state = new StateTable(this, 'State', stage);
    this.cdrKey = new CdrKey(this, 'CdrKey', stage);
    this.webhookKey = new WebhookKey(this, 'WebhookKey', stage);
    this.authorityKey = stage.settings.chargerAuthority
      ? new AuthorityKey(this, 'AuthorityKey', stage)
      : undefined;
    this.files = new FileBucket(this, 'Files', stage);

    new CfnOutput(this, 'ReadingsTableName', { value: this.readings.tableName });
    new CfnOutput(this, 'StateTableName', { value: this.state.tableName });
    new CfnOutput(this, 'CdrKeyId', { value: this.cdrKey.keyArn });
    new CfnOutput(this, 'FileBucketName', { value: this.files.bucketName });
  }
}
