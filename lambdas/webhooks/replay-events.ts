import { positionOf } from '../../core/event/event-id.ts';
import { deliverable } from '../outbound/deliverable.ts';
import type { ReplayMessage } from '../outbound/delivery-message.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import { readLog } from '../store/events/read-log.ts';
import type { Database } from '../store/table/client.ts';
import { readWebhook } from '../store/webhooks/webhooks.ts';

/** Events of one step: the message that carries on is one of its own, so that no run takes long. */
const eventsPerStep = 100;

/** Sends the events of a span of time to a webhook again, some at a time. */
export async function replayEvents(
  {
    database,
    send,
    now,
  }: { readonly database: Database; readonly send: SendOutbound; readonly now: number },
  message: ReplayMessage,
): Promise<'done' | 'continued' | 'dropped'> {
  const { operatorId, webhookId, from, to } = message;
  const webhook = await readWebhook(database, operatorId, webhookId);
  if (webhook === undefined || webhook.disabled !== undefined) return 'dropped';
  const read = await readLog(database, operatorId, {
    after: message.after === undefined ? undefined : positionOf(message.after),
    limit: eventsPerStep,
    isWanted: (event) => event.at >= from && event.at <= to && deliverable(event, webhook),
    now,
  });
  if (read.kind === 'gone') return 'dropped';
  await send(
    read.events.map((event) => ({
      kind: 'delivery',
      operatorId,
      webhookId,
      event,
      attempt: 1,
      waitSeconds: 0,
      isReplay: true,
    })),
  );
  if (!read.more || read.readTo === undefined) return 'done';
  await send([{ ...message, after: read.readTo }]);
  return 'continued';
}
