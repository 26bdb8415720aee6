import { createHash } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { shownOutcome, shownText } from '../../../core/command/secret-settings.ts';
import type { Reply } from '../../../core/ocpp/reply.ts';
import type { ReadReply } from '../../../core/ocpp/version.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { toItem } from '../table/item.ts';
import { repliesPk, replySk } from '../table/keys/charger-message-keys.ts';

/** Days that the answers of a charger are kept. */
const retentionDays = 7;

const digestOf = (reply: Reply): string =>
  createHash('sha256').update(JSON.stringify(reply), 'utf8').digest('hex').slice(0, 12);

/** A reply without the secrets in it. */
const shownReply = (reply: Reply): Reply => {
  const raw = shownText(reply.raw);
  return 'description' in reply
    ? { ...reply, raw, description: shownText(reply.description) }
    : { ...reply, raw };
};

/**
 * Keeps what a charger answered to a request of ours, where a command finds it by the message id of its request; the same
 * answer at the same time is kept once. `read` is what it says, where the request is known.
 */
export async function keepReply(
  database: Database,
  charger: { readonly operatorId: string; readonly chargerId: string; readonly chargerKey: string },
  reply: Reply,
  receivedAt: string,
  read?: ReadReply,
): Promise<void> {
  const { kind: outcome, messageId, ...content } = shownReply(reply);
  const expiresAt = Math.floor(Date.parse(receivedAt) / 1000) + retentionDays * 86_400;
  await database.client.send(
    new PutItemCommand({
      TableName: database.readings,
      Item: toItem(
        omitUndefined({
          pk: repliesPk(charger.chargerKey),
          sk: replySk(messageId ?? '', receivedAt, digestOf(reply)),
          kind: 'reply',
          ...charger,
          outcome,
          messageId,
          ...content,
          action: read?.action,
          // As text: nothing is looked for inside it.
          read: read === undefined ? undefined : JSON.stringify(shownOutcome(read.outcome)),
          receivedAt,
          expiresAt,
        }),
      ),
    }),
  );
}
