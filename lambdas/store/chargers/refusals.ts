import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { chargerItemKey } from '../table/keys/charger-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { updateOf } from '../table/update.ts';

/** Why a registered charger, or somebody who says that it is one, was not let in. */
export const refusalReasons = ['wrong-password', 'wrong-certificate'] as const;

/** A handshake under the id or with the token of a registered charger that was refused. */
export type Refusal = {
  /** Our clock, ISO 8601 in UTC. */
  readonly at: string;
  readonly reason: (typeof refusalReasons)[number];
  /** The address that it came from; absent where the edge did not say. */
  readonly address?: string;
};

/** Ms in which the refusals of a charger cost one write at most, whoever causes them. */
const pause = 15 * 60_000;

/** True if a refusal is to be kept, given the last one that was: anybody who knows an id can cause refusals, so few of them are. */
export const isKept = ({ at }: Refusal, last: Refusal | undefined): boolean =>
  last === undefined || Date.parse(at) - Date.parse(last.at) >= pause;

/** Keeps that a charger was refused, on the condition that it is registered and nobody kept another refusal meanwhile. */
export async function keepRefusal(
  database: Database,
  chargerKey: string,
  refusal: Refusal,
  last: Refusal | undefined,
): Promise<void> {
  const asLast = last === undefined ? {} : { values: { last: JSON.stringify(last) } };
  await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(chargerItemKey(chargerKey)),
        ...updateOf({ set: { refusal: JSON.stringify(refusal) }, ...asLast }),
        ConditionExpression: `attribute_exists(pk) AND ${
          last === undefined ? 'attribute_not_exists(#refusal)' : '#refusal = :last'
        }`,
      }),
    ),
  );
}
