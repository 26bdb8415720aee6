import type { AttributeValue } from '@aws-sdk/client-dynamodb';

type StoredItem = Readonly<Record<string, AttributeValue>>;

/** Bytes that DynamoDB adds to each item, and to each entry of an index, when it bills storage. */
const overhead = 100;

/** Bytes that an item is billed for while it is stored, its entries in all indexes included. */
export function itemBytes(item: StoredItem): number {
  const entry = (indexKey: string, others: readonly string[]): number =>
    item[indexKey] === undefined || item['listSort'] === undefined
      ? 0
      : attributesBytes(item, ['pk', 'sk', indexKey, 'listSort', ...others]) + overhead;
  const indexed =
    entry('listKey', ['chargerKey', 'atLocation', 'ofAccount']) +
    ['chargerListKey', 'atLocation', 'ofAccount'].reduce((sum, key) => sum + entry(key, []), 0);
  return attributesBytes(item, Object.keys(item)) + overhead + indexed;
}

function attributesBytes(item: StoredItem, names: readonly string[]): number {
  return names.reduce((sum, name) => {
    const value = item[name];
    return value === undefined ? sum : sum + Buffer.byteLength(name) + valueBytes(value);
  }, 0);
}

/** Bytes of a value by the rules of the DynamoDB developer guide, "item sizes and formats". */
function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.replace(/[-.]/g, '').length / 2) + 1;
  if (value.B !== undefined) return value.B.byteLength;
  if (value.L !== undefined) {
    return 3 + value.L.reduce((sum, each) => sum + 1 + valueBytes(each), 0);
  }
  if (value.M !== undefined) {
    const names = Object.keys(value.M);
    return 3 + names.length + attributesBytes(value.M, names);
  }
  if (value.SS !== undefined)
    return value.SS.reduce((sum, each) => sum + Buffer.byteLength(each), 0);
  return 1;
}
