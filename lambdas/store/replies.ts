import { createHash } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Reply } from '../../core/ocpp/reply.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { Database } from './table/client.ts';
import { toItem } from './table/item.ts';
import { repliesPk } from './table/keys.ts';

/** Days that the answers of a charger are kept. */
const retentionDays = 7;

const digestOf = (reply: Reply): string =>
  createHash('sha256').update(JSON.stringify(reply), 'utf8').digest('hex').slice(0, 12);

/** Keeps what a charger answered to a request of ours; the same answer at the same time is kept once. */
export async function keepReply(
  database: Database,
  charger: { readonly operatorId: string; readonly chargerId: string; readonly chargerKey: string },
  reply: Reply,
  receivedAt: string,
): Promise<void> {
  const { kind: outcome, messageId, ...content } = reply;
  const expiresAt = Math.floor(Date.parse(receivedAt) / 1000) + retentionDays * 86_400;
  await database.client.send(
    new PutItemCommand({
      TableName: database.readings,
      Item: toItem(
        omitUndefined({
          pk: repliesPk(charger.chargerKey),
          sk: `${receivedAt}#reply#${digestOf(reply)}`,
          kind: 'reply',
          ...charger,
          outcome,
          messageId,
          ...content,
          receivedAt,
          expiresAt,
        }),
      ),
    }),
  );
}
