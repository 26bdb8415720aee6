import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { Item } from './item.ts';
import { itemForward } from './item-schema.ts';

/** The outcome of a conditional write; `item` is the item that prevented it, if the write asked for it. */
export type Conditional<T> =
  | { readonly kind: 'written'; readonly output: T }
  | { readonly kind: 'refused'; readonly item: Item | undefined };

/** Waits for a conditional write and gives a failed condition as a value. */
export async function conditional<T>(write: Promise<T>): Promise<Conditional<T>> {
  try {
    return { kind: 'written', output: await write };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return { kind: 'refused', item: error.Item && itemForward(error.Item) };
    }
    throw error;
  }
}
