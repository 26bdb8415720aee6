import type { Event } from '../../../core/event/event.ts';
import type { Attempt, Delivery } from '../../store/webhooks/deliveries.ts';

const attemptView = (attempt: Attempt) => ({
  at: attempt.at,
  url: attempt.url,
  milliseconds: attempt.milliseconds,
  status: attempt.status ?? null,
  error: attempt.error ?? null,
  request: { headers: attempt.requestHeaders },
  response:
    attempt.status === undefined
      ? null
      : { headers: attempt.responseHeaders ?? {}, body: attempt.responseBody ?? '' },
});

/** A delivery as it is shown: with its event, which is what was sent. Before the first attempt it is pending. */
export const deliveryView = (event: Event, delivery: Delivery | undefined) => ({
  deliveryId: event.id,
  state: delivery?.state ?? ('pending' as const),
  event: { ...event, data: { ...event.data } },
  attemptCount: delivery?.count ?? 0,
  nextAttemptAt: delivery?.nextAttemptAt ?? null,
  attempts: (delivery?.attempts ?? []).map(attemptView),
});
