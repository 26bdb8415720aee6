import type { Item } from './item.ts';

/** A condition of a write. */
export type Condition = {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Item;
};

/** The condition that these attributes of an item are still as they were read, absent ones included. */
export function asRead(item: Item | undefined, names: readonly string[]): Condition {
  const values: Item = {};
  const clauses = names.map((name) => {
    const value = item?.[name];
    if (value === undefined) return `attribute_not_exists(#${name})`;
    values[`:read_${name}`] = value;
    return `#${name} = :read_${name}`;
  });
  return {
    ConditionExpression: clauses.join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  };
}

/** Whether a resource is as its caller has seen it; the write that depends on that is refused where it is not. */
export type IsCurrent<Resource> = (resource: Resource) => boolean;
