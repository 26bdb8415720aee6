import type { EventDraft } from './event.ts';
import type { WebhookImage } from './state-image.ts';

/** A webhook gets nothing any more because of its receiver. */
export function webhookEvents(
  old: WebhookImage | undefined,
  { operatorId, webhookId, url, disabled }: WebhookImage,
): readonly EventDraft[] {
  if (disabled === undefined || old?.disabled !== undefined) return [];
  const { reason, at } = disabled;
  return [
    {
      type: 'webhook.disabled',
      subject: { kind: 'operator', operatorId },
      at,
      data: { webhookId, url, reason },
    },
  ];
}
