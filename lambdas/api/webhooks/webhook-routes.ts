import * as z from 'zod';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { keptPart } from '../../http/keep-answer.ts';
import { publicKeyText, secretText } from '../../outbound/webhook-keys.ts';
import { newId } from '../../runtime/new-id.ts';
import { listWebhooks } from '../../store/events/audience.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  readWebhook,
  rotateSecrets,
  type Webhook,
} from '../../store/webhooks/webhooks.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import {
  NewWebhookSchema,
  WebhookChanges,
  WebhookForm,
  WebhookSchema,
  webhookView,
} from './webhook-form.ts';

/** Webhooks of an operator at most: all of them are read with each batch of its events. */
const mostWebhooks = 20;

/** How long the secrets before a change sign as well. */
const previousFor = 24 * 3_600_000;

const keysOf = async (
  { operatorId, webhookId, secretVersion: version }: Webhook,
  { webhookKeys }: Caller,
) => await webhookKeys({ operatorId, webhookId, version });

const shown = async (webhook: Webhook, caller: Caller) =>
  webhookView(webhook, publicKeyText(await keysOf(webhook, caller)), caller.now);

const shownWithSecret = async (webhook: Webhook, caller: Caller) => {
  const keys = await keysOf(webhook, caller);
  return { ...webhookView(webhook, publicKeyText(keys), caller.now), secret: secretText(keys) };
};

const changesOf = (
  webhook: Webhook,
  { enabled, description, url, events }: z.output<typeof WebhookChanges>,
  now: string,
) => ({
  set: {
    url: url ?? webhook.url,
    events: [...new Set(events ?? webhook.events)],
    ...(description ? { description } : {}),
    ...(enabled === false && webhook.disabled === undefined
      ? { disabled: { reason: 'operator', at: now } }
      : {}),
  },
  remove: [
    ...(description === null || description === '' ? ['description'] : []),
    // Who is enabled again has five days again.
    ...(enabled === true ? ['disabled', 'failingSince'] : []),
  ],
});

/** The calls about webhooks. */
export const webhookRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/webhooks',
    summary: 'Creates a webhook: a URL that events are sent to. Its secret is shown once.',
    scope: 'webhooks:write',
    body: WebhookForm,
    example: { url: 'https://example.com/joulegate', events: ['session.ended', 'cdr.created'] },
    status: 201,
    response: NewWebhookSchema,
    errors: ['WEBHOOKS_TOO_MANY', 'IDEMPOTENCY_KEY_REUSED'],
    repeatable: true,
    run: async (caller, { body, keepAnswer }) => {
      const { database, operatorId, now } = caller;
      if ((await listWebhooks(database, operatorId)).length >= mostWebhooks) {
        return refused('WEBHOOKS_TOO_MANY');
      }
      const webhook: Webhook = {
        webhookId: newId('wh'),
        operatorId,
        url: body.url,
        events: [...new Set(body.events)],
        ...(body.description ? { description: body.description } : {}),
        createdAt: now,
        secretVersion: 1,
        version: 1,
      };
      const answer = await shownWithSecret(webhook, caller);
      const created = await createWebhook(database, webhook, keptPart(keepAnswer, answer));
      return created === 'refused' ? refused('IDEMPOTENCY_KEY_REUSED') : done(answer);
    },
  }),
  listRoute({
    path: '/webhooks',
    summary: 'Lists webhooks, without their secrets.',
    scope: 'webhooks:read',
    item: WebhookSchema,
    run: async (caller, { page }) => {
      const all = await listWebhooks(caller.database, caller.operatorId);
      const after = all.filter(({ webhookId }) => webhookId > (page.after ?? ''));
      const some = after.slice(0, page.limit);
      const items = await Promise.all(some.map(async (one) => await shown(one, caller)));
      return { items, next: after.length > some.length ? (some.at(-1)?.webhookId ?? null) : null };
    },
  }),
  route({
    method: 'GET',
    path: '/webhooks/{webhookId}',
    summary: 'Shows a webhook and whether it works.',
    scope: 'webhooks:read',
    response: WebhookSchema,
    errors: ['WEBHOOK_NOT_FOUND'],
    run: async (caller, { path: { webhookId } }) => {
      const webhook = await readWebhook(caller.database, caller.operatorId, webhookId);
      return webhook === undefined
        ? refused('WEBHOOK_NOT_FOUND')
        : done(await shown(webhook, caller));
    },
  }),
  route({
    method: 'PATCH',
    path: '/webhooks/{webhookId}',
    summary: 'Changes a webhook, or enables it again after it was disabled.',
    scope: 'webhooks:write',
    body: WebhookChanges,
    example: { enabled: true },
    response: WebhookSchema,
    errors: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_CHANGED'],
    run: async (caller, { path: { webhookId }, body }) => {
      const webhook = await readWebhook(caller.database, caller.operatorId, webhookId);
      if (webhook === undefined) return refused('WEBHOOK_NOT_FOUND');
      const changes = changesOf(webhook, body, caller.now);
      const changed = await changeWebhook(caller.database, webhook, changes);
      return changed === 'changed'
        ? refused('WEBHOOK_CHANGED')
        : done(await shown(changed, caller));
    },
  }),
  route({
    method: 'DELETE',
    path: '/webhooks/{webhookId}',
    summary: 'Deletes a webhook; deliveries that are under way are given up.',
    scope: 'webhooks:write',
    status: 204,
    errors: ['WEBHOOK_NOT_FOUND'],
    run: async ({ database, operatorId }, { path: { webhookId } }) =>
      (await deleteWebhook(database, operatorId, webhookId))
        ? doneSilently
        : refused('WEBHOOK_NOT_FOUND'),
  }),
  route({
    method: 'POST',
    path: '/webhooks/{webhookId}/rotate',
    summary: 'Replaces the secret and shows the new one once; the old one signs as well for a day.',
    scope: 'webhooks:write',
    response: NewWebhookSchema,
    errors: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_CHANGED'],
    repeatable: true,
    run: async (caller, { path: { webhookId }, keepAnswer }) => {
      const webhook = await readWebhook(caller.database, caller.operatorId, webhookId);
      if (webhook === undefined) return refused('WEBHOOK_NOT_FOUND');
      const previousUntil = new Date(Date.parse(caller.now) + previousFor).toISOString();
      const { secretVersion, version } = webhook;
      const after = { secretVersion: secretVersion + 1, previousUntil, version: version + 1 };
      const answer = await shownWithSecret({ ...webhook, ...after }, caller);
      const kept = keptPart(keepAnswer, answer);
      const rotated = await rotateSecrets(caller.database, webhook, previousUntil, kept);
      return rotated === 'changed' ? refused('WEBHOOK_CHANGED') : done(answer);
    },
  }),
  route({
    method: 'POST',
    path: '/webhooks/{webhookId}/test',
    summary: 'Sends a test event to a webhook; GET …/deliveries shows what became of it.',
    scope: 'webhooks:write',
    status: 202,
    response: z.strictObject({ webhookId: z.string(), requestedAt: z.string() }),
    errors: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_DISABLED', 'WEBHOOK_CHANGED'],
    repeatable: 'claimed',
    run: async ({ database, operatorId, now }, { path: { webhookId } }) => {
      const webhook = await readWebhook(database, operatorId, webhookId);
      if (webhook === undefined) return refused('WEBHOOK_NOT_FOUND');
      if (webhook.disabled !== undefined) return refused('WEBHOOK_DISABLED');
      const changed = await changeWebhook(database, webhook, { set: { testedAt: now } });
      return changed === 'changed'
        ? refused('WEBHOOK_CHANGED')
        : done({ webhookId, requestedAt: now });
    },
  }),
];
