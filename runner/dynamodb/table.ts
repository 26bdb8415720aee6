import type { Deployment } from '../runner-interfaces.ts';
import { asJsonObject, asList, type JsonObject } from '../template/json-object.ts';

/** A table of the template. */
export type Table = {
  readonly name: string;
  readonly arn: string;
  /** Empty for a table without a stream. */
  readonly streamArn: string;
  /** Names of the key attributes: partition key first. */
  readonly keyNames: readonly string[];
  /** Partition key attribute of each index, by index name. */
  readonly indexPartitionKeys: Readonly<Record<string, string>>;
  /** Attribute with the second after which an item is deleted. */
  readonly expiryAttribute?: string;
  /** Input of CreateTable. */
  readonly definition: JsonObject;
};

/** The tables of a deployment. */
export function tablesOf(deployment: Deployment): readonly Table[] {
  return deployment.resources
    .filter(({ type }) => type === 'AWS::DynamoDB::GlobalTable' || type === 'AWS::DynamoDB::Table')
    .map(({ ref, attributes, properties }) => {
      const indexes = asList(properties['GlobalSecondaryIndexes']).map(asJsonObject);
      const expiry = asJsonObject(properties['TimeToLiveSpecification']);
      const attribute = expiry['AttributeName'];
      return {
        name: ref,
        arn: attributes['Arn'] ?? '',
        streamArn: attributes['StreamArn'] ?? '',
        keyNames: keyNames(properties['KeySchema']),
        indexPartitionKeys: Object.fromEntries(
          indexes.map((index) => [
            String(index['IndexName']),
            keyNames(index['KeySchema'])[0] ?? '',
          ]),
        ),
        ...(typeof attribute === 'string' && expiry['Enabled'] !== false
          ? { expiryAttribute: attribute }
          : {}),
        definition: definitionOf(ref, properties),
      };
    });
}

function keyNames(keySchema: unknown): readonly string[] {
  const keys = asList(keySchema).map(asJsonObject);
  return ['HASH', 'RANGE'].flatMap((type) =>
    keys.filter((key) => key['KeyType'] === type).map((key) => String(key['AttributeName'])),
  );
}

function definitionOf(name: string, properties: JsonObject): JsonObject {
  const indexes = properties['GlobalSecondaryIndexes'];
  const stream = asJsonObject(properties['StreamSpecification'])['StreamViewType'];
  return {
    TableName: name,
    AttributeDefinitions: properties['AttributeDefinitions'],
    KeySchema: properties['KeySchema'],
    BillingMode: 'PAY_PER_REQUEST',
    ...(indexes === undefined ? {} : { GlobalSecondaryIndexes: indexes }),
    ...(stream === undefined
      ? {}
      : { StreamSpecification: { StreamEnabled: true, StreamViewType: stream } }),
  };
}
