import type { Item } from '../item.ts';

/** Primary key of an item. */
export type Key = { readonly pk: string; readonly sk: string };

/** Writes a primary key as DynamoDB takes it. */
export const keyAttributes = (key: Key): Item => ({ pk: { S: key.pk }, sk: { S: key.sk } });
