import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../../lambdas/store/table/client.ts';
import { keyAttributes } from '../../lambdas/store/table/keys/key.ts';
import { operatorKey } from '../../lambdas/store/table/keys/operator-keys.ts';

/** Lets an operator have registered so many chargers, without registering them. */
export async function haveChargers(
  database: Database,
  operatorId: string,
  chargerCount: number,
): Promise<void> {
  await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: keyAttributes(operatorKey(operatorId)),
      UpdateExpression: 'SET chargerCount = :count',
      ExpressionAttributeValues: { ':count': { N: String(chargerCount) } },
    }),
  );
}
