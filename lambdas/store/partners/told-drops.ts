import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { toldDropKey } from '../table/keys/partner-keys.ts';
import { updateOf } from '../table/update.ts';

/** The reservation that a charger dropped, by the command that made it. */
export type ToldDrop = {
  readonly operatorId: string;
  readonly partnerId: string;
  readonly chargerKey: string;
  readonly sequence: string;
};

/** Days for which a repetition is known: longer than a queue keeps one, or a charger repeats itself. */
const keptDays = 7;

/** Takes the right to send a partner that its reservation is no more, which is given once: `before` to whoever is late. `now` is epoch ms. */
export async function claimDrop(
  database: Database,
  { operatorId, partnerId, chargerKey, sequence }: ToldDrop,
  now: number,
): Promise<'claimed' | 'before'> {
  const removeAt = Math.ceil(now / 1000) + keptDays * 86_400;
  const claimed = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(toldDropKey(operatorId, partnerId, chargerKey, sequence)),
        ...updateOf({ set: { kind: 'TOLDDROP', removeAt } }),
        ConditionExpression: 'attribute_not_exists(#kind)',
      }),
    ),
  );
  return claimed.kind === 'written' ? 'claimed' : 'before';
}
