import { callBucket } from '../bucket/call-bucket.ts';
import type { AskConnection } from '../connection/ask-connection.ts';
import type { CloseConnection } from '../connection/close-connection.ts';
import type { SendCommandMessage } from '../connection/command-message.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import type { KeyName, WebhookKeys } from '../outbound/webhook-keys.ts';
import type { RoamingServices } from '../roaming/roaming-services.ts';
import type { SendPartnerMessages } from '../roaming/send-partner-messages.ts';

/** The services that calls of the API use besides the database: connections of chargers, queues, the bucket of files, the key of webhooks and roaming partners. */
export type Services = {
  readonly askConnection: AskConnection;
  readonly closeConnection: CloseConnection;
  readonly sendCommandMessage: SendCommandMessage;
  readonly sendOutbound: SendOutbound;
  readonly callBucket: typeof callBucket;
  readonly webhookKeys: (name: KeyName) => Promise<WebhookKeys>;
  /** The way to roaming partners. */
  readonly roaming: () => Promise<RoamingServices>;
  readonly sendPartnerMessages: SendPartnerMessages;
  /** The key that the secrets of an operator at its payment provider are encrypted with. */
  readonly paymentKey: (operatorId: string) => Promise<Uint8Array>;
};

/** The services of AWS. Each is loaded with the first call that needs it, since most calls need none. */
export const services: Services = {
  askConnection: async (connectionId) => {
    const { askConnection } = await import('../connection/ask-connection.ts');
    return await askConnection(connectionId);
  },
  closeConnection: async (connectionId) => {
    const { closeConnection } = await import('../connection/close-connection.ts');
    return await closeConnection(connectionId);
  },
  sendCommandMessage: async (message, delaySeconds) => {
    const { sendCommandMessage } = await import('../connection/send-command-message.ts');
    await sendCommandMessage(message, delaySeconds);
  },
  sendOutbound: async (messages) => {
    const { sendOutbound } = await import('../outbound/send-outbound.ts');
    await sendOutbound(messages);
  },
  callBucket,
  webhookKeys: async (name) => {
    const { deriveWebhookKeys } = await import('../outbound/derive-webhook-keys.ts');
    return await deriveWebhookKeys(name);
  },
  sendPartnerMessages: async (messages, delaySeconds) => {
    const { sendPartnerMessages } = await import('../roaming/send-partner-messages.ts');
    await sendPartnerMessages(messages, delaySeconds);
  },
  paymentKey: async (operatorId) => {
    const { derivePaymentKey } = await import('../outbound/derive-payment-key.ts');
    return await derivePaymentKey(operatorId);
  },
  roaming: async () => {
    const { roamingServices } = await import('../roaming/services-of-aws.ts');
    return roamingServices;
  },
};
