import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Services } from '../../lambdas/api/services.ts';
import type { CommandMessage } from '../../lambdas/connection/command-message.ts';
import type { OutboundMessage } from '../../lambdas/outbound/delivery-message.ts';
import type { RequestText } from '../../lambdas/outbound/request-text.ts';
import type { WebhookKeys } from '../../lambdas/outbound/webhook-keys.ts';

/** The connections that calls of the API have closed, by id. */
export const closedConnections: string[] = [];

/** The connections that the gateway knows no more, by id. */
export const goneConnections = new Set<string>();

/** The connections that calls of the API have asked for, by id. */
export const askedConnections: string[] = [];

/** The messages to the sender of commands that calls of the API have sent. */
export const sentMessages: CommandMessage[] = [];

/** Takes those about one charger out of them: a process serves one file after the other, and keeps what each has sent. */
export const takeSent = (chargerKey: string): readonly CommandMessage[] => {
  const sent = sentMessages.splice(0);
  const isAbout = (message: CommandMessage) =>
    'chargerKey' in message && message.chargerKey === chargerKey;
  sentMessages.push(...sent.filter((message) => !isAbout(message)));
  return sent.filter(isAbout);
};

/** The messages to the queue of deliveries that calls of the API have sent. */
export const sentDeliveries: OutboundMessage[] = [];

/** The platform of the partners that calls of the API reach; without one, no partner can be reached. */
export const reachedPartner: { request?: RequestText | undefined } = {};

const keys = new Map<string, WebhookKeys>();

/** New secrets of a webhook. */
export const newWebhookKeys = (): WebhookKeys => ({
  secret: randomBytes(32),
  ...generateKeyPairSync('ed25519'),
});

/** The services around calls of the API: queues that keep what they get, and one set of secrets for each webhook and version. */
export const testServices: Services = {
  askConnection: async (connectionId) => {
    askedConnections.push(connectionId);
    return goneConnections.has(connectionId) ? 'gone' : 'open';
  },
  closeConnection: async (connectionId) => {
    closedConnections.push(connectionId);
    return 'closed';
  },
  sendCommandMessage: async (message) => {
    sentMessages.push(message);
  },
  sendOutbound: async (messages) => {
    sentDeliveries.push(...messages);
  },
  callBucket: async ({ method }) => new Response(null, { status: method === 'DELETE' ? 204 : 403 }),
  webhookKeys: async (name) => {
    const known = keys.get(JSON.stringify(name)) ?? newWebhookKeys();
    keys.set(JSON.stringify(name), known);
    return known;
  },
  sendPartnerMessages: async () => {},
  paymentKey: async (operatorId) => createHash('sha256').update(operatorId).digest(),
  roaming: async () => ({
    request: async (request) =>
      (await reachedPartner.request?.(request)) ?? { kind: 'failed', code: 'ECONNREFUSED' },
    keyOf: async () => new Uint8Array(32),
    ocpiUrl: 'https://api.example/ocpi',
    now: Date.now,
  }),
};
