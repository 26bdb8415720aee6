import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { keepExported } from '../settings/keep-exported.ts';
import { nameIn, type Stage } from '../settings/stage.ts';

const LISTING_INDEX = 'listing';
const CHARGER_LISTING_INDEX = 'charger-listing';
const LOCATION_LISTING_INDEX = 'location-listing';
const ACCOUNT_LISTING_INDEX = 'account-listing';

/** The indexes of the table, by how much is read of them: a write that one of them refuses is refused as a whole. */
export const stateIndexes = [
  LISTING_INDEX,
  CHARGER_LISTING_INDEX,
  LOCATION_LISTING_INDEX,
  ACCOUNT_LISTING_INDEX,
] as const;

/** Everything that is known and can change: chargers, tokens, tariffs, sessions, CDRs. */
export class StateTable extends Construct {
  readonly tableName: string;
  readonly tableArn: string;
  readonly listingArn: string;
  readonly chargerListingArn: string;
  readonly locationListingArn: string;
  readonly accountListingArn: string;
  readonly streamArn: string;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const table = new TableV2(this, 'Table', {
      tableName: nameIn(stage, 'state'),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      // Of answers that are kept for a repetition, and of counters of requests.
      timeToLiveAttribute: 'removeAt',
      // Nothing in them changes but keys: every other change of an entry would be paid for a second time.
      globalSecondaryIndexes: [
        {
          indexName: LISTING_INDEX,
          partitionKey: { name: 'listKey', type: AttributeType.STRING },
          sortKey: { name: 'listSort', type: AttributeType.STRING },
          projectionType: ProjectionType.INCLUDE,
          // Short partitions are searched for what belongs to one charger, location or account.
          nonKeyAttributes: ['chargerKey', 'atLocation', 'ofAccount'],
        },
        {
          indexName: CHARGER_LISTING_INDEX,
          partitionKey: { name: 'chargerListKey', type: AttributeType.STRING },
          sortKey: { name: 'listSort', type: AttributeType.STRING },
          projectionType: ProjectionType.KEYS_ONLY,
        },
        {
          indexName: LOCATION_LISTING_INDEX,
          partitionKey: { name: 'atLocation', type: AttributeType.STRING },
          sortKey: { name: 'listSort', type: AttributeType.STRING },
          projectionType: ProjectionType.KEYS_ONLY,
        },
        {
          indexName: ACCOUNT_LISTING_INDEX,
          partitionKey: { name: 'ofAccount', type: AttributeType.STRING },
          sortKey: { name: 'listSort', type: AttributeType.STRING },
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      // The key owned by DynamoDB costs nothing; the AWS-managed one bills a KMS request for every partition and caller.
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.tableName = table.tableName;
    this.tableArn = table.tableArn;
    this.listingArn = `${table.tableArn}/index/${LISTING_INDEX}`;
    this.chargerListingArn = `${table.tableArn}/index/${CHARGER_LISTING_INDEX}`;
    this.locationListingArn = `${table.tableArn}/index/${LOCATION_LISTING_INDEX}`;
    this.accountListingArn = `${table.tableArn}/index/${ACCOUNT_LISTING_INDEX}`;
    this.streamArn = streamArnOf(table);
    keepExported(this, [this.tableName, this.tableArn, this.streamArn]);
  }
}

/** ARN of the stream of a table; throws for a table without one. */
export function streamArnOf(table: TableV2): string {
  if (table.tableStreamArn === undefined) {
    throw new Error(`${table.node.path} has no stream`);
  }
  return table.tableStreamArn;
}
