import { asJsonObject, asList, type JsonObject } from '../template/json-object.ts';
import type { Table } from './table.ts';

/** An item that a request writes, and the partition keys that the write touches. */
export type ItemWrite = {
  readonly table: string;
  /** `<table> <partition key>`. */
  readonly key: string;
  /** `<table>/<index> <partition key>` by index, as far as the request names it. */
  readonly indexKeys: Readonly<Record<string, string>>;
};

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/** The items that a request writes; none for a read. */
export function itemWrites(
  operation: string,
  input: JsonObject,
  tables: ReadonlyMap<string, Table>,
): readonly ItemWrite[] {
  return writeInputs(operation, input).flatMap((write) => {
    const table = tables.get(String(write['TableName']));
    return table === undefined ? [] : [itemWrite(write, table)];
  });
}

function writeInputs(operation: string, input: JsonObject): readonly JsonObject[] {
  if (writes.has(operation)) {
    return [input];
  }
  if (operation === 'TransactWriteItems') {
    return asList(input['TransactItems']).flatMap((item) =>
      Object.values(asJsonObject(item)).map(asJsonObject),
    );
  }
  if (operation !== 'BatchWriteItem') {
    return [];
  }
  return Object.entries(asJsonObject(input['RequestItems'])).flatMap(([TableName, requests]) =>
    asList(requests)
      .flatMap((request) => Object.values(asJsonObject(request)))
      .map((request) => ({ ...asJsonObject(request), TableName })),
  );
}

function itemWrite(write: JsonObject, table: Table): ItemWrite {
  const item = asJsonObject(write['Item'] ?? write['Key']);
  const partition = scalar(item[table.keyNames[0] ?? '']);
  const indexKeys: Record<string, string> = {};
  for (const [index, attribute] of Object.entries(table.indexPartitionKeys)) {
    const value = scalar(item[attribute] ?? assigned(write, attribute));
    if (value !== '') {
      indexKeys[index] = `${table.name}/${index} ${value}`;
    }
  }
  return { table: table.name, key: `${table.name} ${partition}`, indexKeys };
}

/** The value an update expression assigns to an attribute, when it does so plainly. */
function assigned(write: JsonObject, attribute: string): unknown {
  const names = asJsonObject(write['ExpressionAttributeNames']);
  const aliases = Object.keys(names).filter((alias) => names[alias] === attribute);
  const expression = String(write['UpdateExpression'] ?? '');
  for (const name of [attribute, ...aliases]) {
    const assignment = new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*(:\\w+)`).exec(expression);
    if (assignment?.[1] !== undefined) {
      return asJsonObject(write['ExpressionAttributeValues'])[assignment[1]];
    }
  }
  return undefined;
}

function scalar(value: unknown): string {
  const { S, N, B } = asJsonObject(value);
  return String(S ?? N ?? B ?? '');
}
