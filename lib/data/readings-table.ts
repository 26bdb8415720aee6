import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { keepExported } from '../settings/keep-exported.ts';
import { nameIn, type Stage } from '../settings/stage.ts';
import { streamArnOf } from './state-table.ts';

/** The messages of chargers, unchanged and append-only, until their retention is over. */
export class ReadingsTable extends Construct {
  readonly tableName: string;
  readonly tableArn: string;
  readonly streamArn: string;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const table = new TableV2(this, 'Table', {
      tableName: nameIn(stage, 'readings'),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      billing: Billing.onDemand(),
      // The old image says what expired or was deleted, and the type of a stream cannot be changed in place.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      // The key owned by DynamoDB, for the reason given at the state table.
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: stage.settings.readingRecovery,
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.tableName = table.tableName;
    this.tableArn = table.tableArn;
    this.streamArn = streamArnOf(table);
    keepExported(this, [this.tableName, this.tableArn, this.streamArn]);
  }
}
