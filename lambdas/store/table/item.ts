import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item as DynamoDB gives and takes it. */
export type Item = Record<string, AttributeValue>;

/** The values an attribute may hold: text, exact numbers, flags, lists and maps. Undefined is left out. */
export type Storable =
  | string
  | number
  | boolean
  | readonly Storable[]
  | { readonly [name: string]: Storable | undefined };

const isList = (value: Storable): value is readonly Storable[] => Array.isArray(value);

/** Writes a value as an attribute. */
export function toAttribute(value: Storable): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (isList(value)) return { L: value.map(toAttribute) };
  return { M: toItem(value) };
}

/** Writes a record as an item; what is undefined is left out. */
export function toItem(record: { readonly [name: string]: Storable | undefined }): Item {
  const item: Item = {};
  for (const [name, value] of Object.entries(record)) {
    if (value !== undefined) item[name] = toAttribute(value);
  }
  return item;
}

/** Reads a text attribute; a missing one is a bug in what was stored, and throws. */
export function text(item: Item, name: string): string {
  const value = item[name]?.S;
  if (value === undefined) throw new Error(`Stored item without text attribute ${name}`);
  return value;
}

/** Reads a text attribute that may be absent. */
export const optionalText = (item: Item, name: string): string | undefined => item[name]?.S;

/** Reads a number attribute; a missing one is a bug in what was stored, and throws. */
export function number(item: Item, name: string): number {
  const value = item[name]?.N;
  if (value === undefined) throw new Error(`Stored item without number attribute ${name}`);
  return Number(value);
}

/** Reads a number attribute that may be absent. */
export function optionalNumber(item: Item, name: string): number | undefined {
  const value = item[name]?.N;
  return value === undefined ? undefined : Number(value);
}

/** Reads a list of texts; an absent attribute is an empty list. */
export const texts = (item: Item, name: string): readonly string[] =>
  (item[name]?.L ?? []).flatMap((one) => (one.S === undefined ? [] : [one.S]));

/** Reads a list of numbers that may be absent. */
export const optionalNumbers = (item: Item, name: string): readonly number[] | undefined =>
  item[name]?.L?.flatMap((one) => (one.N === undefined ? [] : [Number(one.N)]));

/** Reads a map attribute that may be absent. */
export const optionalMap = (item: Item, name: string): Item | undefined => item[name]?.M;

/** Reads a list of maps; an absent attribute is an empty list. */
export const maps = (item: Item, name: string): readonly Item[] =>
  (item[name]?.L ?? []).flatMap((one) => (one.M === undefined ? [] : [one.M]));

/**
 * Reads a document that this store wrote as JSON text, whole and under its type.
 * Only for what was validated before it was written and never changes afterwards (tariff versions, CDRs).
 */
export const document = <T>(item: Item, name: string): T => JSON.parse(text(item, name)) as T;
