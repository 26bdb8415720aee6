import { normalizeTokenId } from '../../core/token/normalize-token-id.ts';
import { getItems } from '../store/table/get-item.ts';
import { tokenItemKey } from '../store/table/keys.ts';
import { tokenFrom } from '../store/tokens.ts';
import type { MessageContext } from './message-context.ts';

/** Tells whether two tokens belong to one group, or one of them is the group of the other: either ends what the other began. */
export async function isSameTokenGroup(
  context: MessageContext,
  one: string,
  other: string,
): Promise<boolean> {
  const { operatorId } = context.charger;
  const items = await getItems(
    context.database,
    [one, other].map((tokenId) => tokenItemKey(operatorId, tokenId)),
  );
  const [group, otherGroup] = [one, other].map((tokenId, index) => {
    const item = items[index];
    const parent = item === undefined ? undefined : tokenFrom(item).parentTokenId;
    return normalizeTokenId(parent ?? tokenId);
  });
  return group === otherGroup;
}
