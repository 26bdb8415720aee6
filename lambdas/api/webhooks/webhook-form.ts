import * as z from 'zod';
import { eventTypes } from '../../../core/event/event.ts';
import { urlProblem } from '../../outbound/check-url.ts';
import { allowLoopback } from '../../outbound/loopback-option.ts';
import type { Webhook } from '../../store/webhooks/webhooks.ts';
import { timeText } from '../common-schemas.ts';
import { EventSchema } from '../events/event-schema.ts';

const sentences = {
  NOT_A_URL: 'The value must be a URL.',
  NOT_HTTPS: 'The value must be an https URL.',
  HAS_CREDENTIALS: 'The URL must not contain a user or a password.',
  PORT_NOT_ALLOWED: 'The port of the URL must be 443 or 8443.',
  ADDRESS_NOT_PUBLIC: 'The URL must not name an address that is not public.',
} as const;

const url = z
  .string()
  .max(2_000)
  .transform((text, context) => {
    const problem = urlProblem(text, allowLoopback);
    if (problem === undefined) return new URL(text).href;
    context.addIssue({ code: 'custom', message: sentences[problem] });
    return z.NEVER;
  });

const events = z
  .array(z.enum([...eventTypes, '*']))
  .min(1)
  .max(eventTypes.length + 1)
  .meta({ description: 'Types of events; * for all, also those that will be added.' });

const description = z.string().trim().max(200);

/** A new webhook. */
export const WebhookForm = z.strictObject({
  url,
  events,
  description: description.nullish(),
});

/** Changes of a webhook; what is left out stays. */
export const WebhookChanges = z.strictObject({
  url: url.optional(),
  events: events.optional(),
  description: description.nullish(),
  enabled: z.boolean().optional(),
});

const webhookFields = {
  webhookId: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  description: z.string().nullable(),
  state: z.enum(['enabled', 'disabled']),
  disabled: z
    .strictObject({ reason: z.enum(['operator', 'gone', 'failing']), at: timeText })
    .nullable()
    .meta({ description: 'Why nothing is sent: gone after an answer 410, failing for five days.' }),
  failingSince: timeText.nullable().meta({
    description: 'The first failure since the last success; after five days nothing more is sent.',
  }),
  publicKey: z.string().meta({ description: 'whpk_…: verifies the signatures v1a (Ed25519).' }),
  previousSecretUntil: timeText.nullable(),
  createdAt: timeText,
};

/** A webhook as it is shown. */
export const WebhookSchema = z.strictObject(webhookFields).meta({ id: 'Webhook' });

/** A webhook with its secret, which is shown when it is made and never again. */
export const NewWebhookSchema = z
  .strictObject({
    ...webhookFields,
    secret: z
      .string()
      .meta({ description: 'whsec_…: verifies the signatures v1 (HMAC); shown only once.' }),
  })
  .meta({ id: 'NewWebhook' });

/** A webhook as it is shown; `now` is ISO 8601 in UTC. */
export const webhookView = (webhook: Webhook, publicKey: string, now: string) => ({
  webhookId: webhook.webhookId,
  url: webhook.url,
  events: [...webhook.events],
  description: webhook.description ?? null,
  state: webhook.disabled === undefined ? ('enabled' as const) : ('disabled' as const),
  disabled: webhook.disabled ?? null,
  failingSince: webhook.failingSince ?? null,
  publicKey,
  previousSecretUntil:
    webhook.previousUntil !== undefined && webhook.previousUntil > now
      ? webhook.previousUntil
      : null,
  createdAt: webhook.createdAt,
});

const texts = z.record(z.string(), z.string());

const AttemptSchema = z.strictObject({
  at: timeText,
  url: z.string(),
  milliseconds: z.int(),
  status: z.int().nullable(),
  error: z.string().nullable().meta({
    description: 'Why there was no answer, as TIMEOUT, ADDRESS_REFUSED or ECONNREFUSED.',
  }),
  request: z.strictObject({ headers: texts }),
  response: z.strictObject({ headers: texts, body: z.string() }).nullable(),
});

/** The delivery of an event to a webhook. */
export const DeliverySchema = z
  .strictObject({
    deliveryId: z.string(),
    state: z.enum(['pending', 'delivered', 'failed']),
    event: EventSchema,
    attemptCount: z.int(),
    nextAttemptAt: timeText.nullable(),
    attempts: z.array(AttemptSchema),
  })
  .meta({ id: 'Delivery' });
