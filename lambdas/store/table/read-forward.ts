import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from './item.ts';
import { itemForward } from './item-schema.ts';

/** The places of an answer of DynamoDB that hold items. */
type Answer = {
  Item?: Item;
  Items?: Item[];
  Attributes?: Item;
  Responses?: Record<string, Item[]>;
};

const allForward = (items: readonly Item[]): Item[] => items.map((item) => itemForward(item));

/** Brings all items of an answer forward, in place. */
function bringForward(answer: Answer): void {
  if (answer.Item !== undefined) answer.Item = itemForward(answer.Item);
  if (answer.Attributes !== undefined) answer.Attributes = itemForward(answer.Attributes);
  if (answer.Items !== undefined) answer.Items = allForward(answer.Items);
  for (const [table, items] of Object.entries(answer.Responses ?? {})) {
    Object.assign(answer.Responses ?? {}, { [table]: allForward(items) });
  }
}

/** Has a client give every item that it reads as this release has it, so that no reader can forget to. */
export function readForward(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      bringForward(result.output as Answer);
      return result;
    },
    { step: 'initialize', name: 'readForward' },
  );
}
