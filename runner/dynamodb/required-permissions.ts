import { asJsonObject, asList, type JsonObject } from '../template/json-object.ts';

/** An action that must be allowed on a table or index. */
export type Permission = {
  readonly action: string;
  readonly table: string;
  readonly index?: string;
};

const actionsOfTransactItems: Readonly<Record<string, string>> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Get: 'dynamodb:GetItem',
};

/** The actions IAM requires for a DynamoDB request: a transaction needs the actions of its items, a batch its own. */
export function requiredPermissions(operation: string, input: JsonObject): readonly Permission[] {
  const action = `dynamodb:${operation}`;
  const { TransactItems, RequestItems, TableName, IndexName } = input;
  if (TransactItems !== undefined) {
    return unique(asList(TransactItems).flatMap((item) => transactPermissions(asJsonObject(item))));
  }
  if (RequestItems !== undefined) {
    return Object.keys(asJsonObject(RequestItems)).map((table) => ({ action, table }));
  }
  const table = typeof TableName === 'string' ? TableName : '*';
  return [{ action, table, ...(typeof IndexName === 'string' ? { index: IndexName } : {}) }];
}

function transactPermissions(item: JsonObject): readonly Permission[] {
  return Object.entries(item).map(([kind, part]) => ({
    action: actionsOfTransactItems[kind] ?? `dynamodb:${kind}`,
    table: String(asJsonObject(part)['TableName']),
  }));
}

function unique(permissions: readonly Permission[]): readonly Permission[] {
  return [...new Map(permissions.map((each) => [`${each.action} ${each.table}`, each])).values()];
}
