import { asJsonObject, asList, type JsonObject } from '../template/json-object.ts';

/** An action that must be allowed on a table or index. */
export type Permission = {
  readonly action: string;
  readonly table: string;
  readonly index?: string;
  /** The items or keys that are named, whose partition keys a policy may ask for. */
  readonly items: readonly JsonObject[];
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
    return Object.entries(asJsonObject(RequestItems)).map(([table, requests]) => ({
      action,
      table,
      items: itemsOfBatch(requests),
    }));
  }
  const table = typeof TableName === 'string' ? TableName : '*';
  const index = typeof IndexName === 'string' ? { index: IndexName } : {};
  return [{ action, table, items: itemsOf(input), ...index }];
}

const itemsOf = ({ Item, Key }: JsonObject): readonly JsonObject[] =>
  [Item ?? Key ?? []].flat().map(asJsonObject);

/** A batch that reads has its keys in a list, one that writes has requests with an item or key each. */
const itemsOfBatch = (requests: unknown): readonly JsonObject[] =>
  Array.isArray(requests)
    ? requests.flatMap((request) =>
        Object.values(asJsonObject(request)).flatMap((one) => itemsOf(asJsonObject(one))),
      )
    : asList(asJsonObject(requests)['Keys']).map(asJsonObject);

function transactPermissions(item: JsonObject): readonly Permission[] {
  return Object.entries(item).map(([kind, part]) => ({
    action: actionsOfTransactItems[kind] ?? `dynamodb:${kind}`,
    table: String(asJsonObject(part)['TableName']),
    items: itemsOf(asJsonObject(part)),
  }));
}

function unique(permissions: readonly Permission[]): readonly Permission[] {
  const merged = new Map<string, Permission>();
  for (const each of permissions) {
    const name = `${each.action} ${each.table}`;
    merged.set(name, { ...each, items: [...(merged.get(name)?.items ?? []), ...each.items] });
  }
  return [...merged.values()];
}
