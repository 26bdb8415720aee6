import * as z from 'zod';
import { type LogPosition, positionOf } from '../../../core/event/event-id.ts';
import { done, refused } from '../../http/answer.ts';
import { time } from '../../http/time-form.ts';
import { deliverable } from '../../outbound/deliverable.ts';
import { eventsKeptFor } from '../../store/events/logged-event.ts';
import { readEvent, readLogBackwards } from '../../store/events/read-log-backwards.ts';
import { readDeliveries, readDelivery } from '../../store/webhooks/deliveries.ts';
import { readWebhook } from '../../store/webhooks/webhooks.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { deliveryView } from './delivery-view.ts';
import { DeliverySchema } from './webhook-form.ts';

async function findDelivery(
  { database, operatorId }: Caller,
  { webhookId, deliveryId }: { readonly webhookId: string; readonly deliveryId: string },
) {
  const webhook = await readWebhook(database, operatorId, webhookId);
  if (webhook === undefined) return refused('WEBHOOK_NOT_FOUND');
  const position: LogPosition | undefined = positionOf(deliveryId);
  const event = position && (await readEvent(database, operatorId, position));
  return event === undefined || !deliverable(event, webhook)
    ? refused('DELIVERY_NOT_FOUND')
    : ({ kind: 'found', webhook, event } as const);
}

const SpanForm = z.strictObject({ from: time, to: time.optional() });

/** The calls about what was sent to webhooks. */
export const deliveryRoutes: readonly ApiRoute[] = [
  listRoute({
    path: '/webhooks/{webhookId}/deliveries',
    summary: 'Lists the deliveries of the last 7 days, the latest first, with each attempt.',
    scope: 'webhooks:read',
    item: DeliverySchema,
    errors: ['WEBHOOK_NOT_FOUND'],
    run: async ({ database, operatorId, now }, { path: { webhookId }, page }) => {
      const webhook = await readWebhook(database, operatorId, webhookId);
      if (webhook === undefined) return refused('WEBHOOK_NOT_FOUND');
      const { events, next } = await readLogBackwards(database, operatorId, {
        before: page.after === undefined ? undefined : positionOf(page.after),
        limit: page.limit,
        // Of before it existed nothing was sent to it; the clock of whoever logs may be a little behind.
        loggedFrom: Date.parse(webhook.createdAt) - 1000,
        isWanted: (event) => deliverable(event, webhook),
        now: Date.parse(now),
      });
      const deliveries = await readDeliveries(
        database,
        webhookId,
        events.map(({ id }) => id),
      );
      const byEvent = new Map(deliveries.map((one) => [one.eventId, one]));
      return { items: events.map((event) => deliveryView(event, byEvent.get(event.id))), next };
    },
  }),
  route({
    method: 'GET',
    path: '/webhooks/{webhookId}/deliveries/{deliveryId}',
    summary: 'Shows a delivery: what was sent, each attempt and each answer.',
    scope: 'webhooks:read',
    response: DeliverySchema,
    errors: ['WEBHOOK_NOT_FOUND', 'DELIVERY_NOT_FOUND'],
    run: async (caller, { path }) => {
      const found = await findDelivery(caller, path);
      if (found.kind === 'refused') return found;
      const { event } = found;
      return done(
        deliveryView(event, await readDelivery(caller.database, path.webhookId, event.id)),
      );
    },
  }),
  route({
    method: 'POST',
    path: '/webhooks/{webhookId}/deliveries/{deliveryId}/replay',
    summary: 'Sends an event to a webhook again, whether it was delivered or not.',
    scope: 'webhooks:write',
    status: 202,
    response: z.strictObject({ deliveryId: z.string() }),
    errors: ['WEBHOOK_NOT_FOUND', 'DELIVERY_NOT_FOUND', 'WEBHOOK_DISABLED'],
    repeatable: 'claimed',
    run: async (caller, { path }) => {
      const found = await findDelivery(caller, path);
      if (found.kind === 'refused') return found;
      if (found.webhook.disabled !== undefined) return refused('WEBHOOK_DISABLED');
      const { operatorId, webhookId } = found.webhook;
      const { event } = found;
      const data = { ...event.data };
      const of = { kind: 'delivery', operatorId, webhookId } as const;
      await caller.sendOutbound([
        { ...of, event: { ...event, data }, attempt: 1, waitSeconds: 0, isReplay: true },
      ]);
      return done({ deliveryId: event.id });
    },
  }),
  route({
    method: 'POST',
    path: '/webhooks/{webhookId}/replay',
    summary: 'Sends all events of a span of time within the last 7 days to a webhook again.',
    scope: 'webhooks:write',
    body: SpanForm,
    example: { from: '2026-04-14T18:00:00Z', to: '2026-04-14T20:00:00Z' },
    status: 202,
    response: z.strictObject({ from: z.string(), to: z.string() }),
    errors: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_DISABLED'],
    repeatable: 'claimed',
    run: async ({ database, operatorId, now, sendOutbound }, { path: { webhookId }, body }) => {
      const webhook = await readWebhook(database, operatorId, webhookId);
      if (webhook === undefined) return refused('WEBHOOK_NOT_FOUND');
      if (webhook.disabled !== undefined) return refused('WEBHOOK_DISABLED');
      const { from, to = now } = body;
      if (to < from || Date.parse(from) < Date.parse(now) - eventsKeptFor) {
        const message =
          'The span must lie within the last 7 days, and must not end before it begins.';
        return refused('INVALID_REQUEST', [{ path: 'body.from', message }]);
      }
      await sendOutbound([{ kind: 'replay', operatorId, webhookId, from, to }]);
      return done({ from, to });
    },
  }),
];
