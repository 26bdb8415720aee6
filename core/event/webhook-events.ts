import type { EventDraft } from './event.ts';
import type { WebhookImage } from './state-image.ts';

/** A webhook gets nothing any more because of its receiver, or its operator asked for a test of it. */
export function webhookEvents(
  old: WebhookImage | undefined,
  { operatorId, webhookId, url, disabled, testedAt }: WebhookImage,
): readonly EventDraft[] {
  const subject = { kind: 'operator', operatorId } as const;
  const events: EventDraft[] = [];
  if (testedAt !== undefined && testedAt !== old?.testedAt) {
    const message = 'A test that was asked for; nothing has happened.';
    const data = { webhookId, message };
    events.push({ type: 'webhook.test', subject, at: testedAt, data });
  }
  if (disabled !== undefined && old?.disabled === undefined) {
    const { reason, at } = disabled;
    const data = { webhookId, url, reason };
    events.push({ type: 'webhook.disabled', subject, at, data });
  }
  return events;
}
