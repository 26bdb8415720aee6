import { tokenKey as tokenKeyForm } from '../../core/token/token-key.ts';
import { getItems } from '../store/get-item.ts';
import { tokenKey } from '../store/keys.ts';
import { tokenFrom } from '../store/tokens.ts';
import type { Step } from './step.ts';

/** Tells whether two tokens belong to one group, or one of them is the group of the other: either ends what the other began. */
export async function isOneGroup(step: Step, one: string, other: string): Promise<boolean> {
  const { operatorId } = step.charger;
  const items = await getItems(
    step.database,
    [one, other].map((tokenId) => tokenKey(operatorId, tokenId)),
  );
  const [group, otherGroup] = [one, other].map((tokenId, index) => {
    const item = items[index];
    const parent = item === undefined ? undefined : tokenFrom(item).parentTokenId;
    return tokenKeyForm(parent ?? tokenId);
  });
  return group === otherGroup;
}
