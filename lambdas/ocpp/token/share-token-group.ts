import { type GroupedToken, isSameTokenGroup } from '../../../core/token/is-same-token-group.ts';
import { tokenFrom } from '../../store/operators/tokens.ts';
import { getItems } from '../../store/table/get-item.ts';
import type { Item } from '../../store/table/item.ts';
import { tokenItemKey } from '../../store/table/keys/token-keys.ts';
import type { MessageContext } from '../message-context.ts';

/** True if either of two tokens of an operator may end what the other began, by their registered groups. */
export async function shareTokenGroup(
  context: MessageContext,
  one: string,
  other: string,
): Promise<boolean> {
  const { operatorId } = context.charger;
  const [item, otherItem] = await getItems(
    context.database,
    [one, other].map((tokenId) => tokenItemKey(operatorId, tokenId)),
  );
  return isSameTokenGroup(grouped(one, item), grouped(other, otherItem));
}

function grouped(tokenId: string, item: Item | undefined): GroupedToken {
  const parentTokenId = item && tokenFrom(item).parentTokenId;
  return parentTokenId === undefined ? { tokenId } : { tokenId, parentTokenId };
}
