import type { Event } from '../../core/event/event.ts';
import type { Webhook } from '../store/webhooks/webhooks.ts';

/** Whether an event is for a webhook: its types are asked for; a test is for the webhook that it tests alone. */
export function deliverable(
  { type, data }: Pick<Event, 'type' | 'data'>,
  { webhookId, events }: Pick<Webhook, 'webhookId' | 'events'>,
): boolean {
  if (type === 'webhook.test') return data['webhookId'] === webhookId;
  return events.includes('*') || events.includes(type);
}
