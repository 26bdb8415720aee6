import type { Key } from './key.ts';

const events = (operatorId: string): string => `EVENTS#${operatorId}`;

/** The last chunk of an operator's event log. */
export const eventLogHeadKey = (operatorId: string): Key => ({
  pk: events(operatorId),
  sk: 'HEAD',
});

/** When an operator's events were read last. */
export const eventReaderKey = (operatorId: string): Key => ({
  pk: events(operatorId),
  sk: 'READER',
});

/** A webhook of an operator, beside the note of its readers: all for whom its events are meant are read at once. */
export const webhookKey = (operatorId: string, webhookId: string): Key => ({
  pk: events(operatorId),
  sk: `WEBHOOK#${webhookId}`,
});

/** A connection of the live feed that has subscribed, beside the webhooks. */
export const subscriberKey = (operatorId: string, connectionId: string): Key => ({
  pk: events(operatorId),
  sk: `SUBSCRIBER#${connectionId}`,
});

/** The delivery of an event to a webhook: a partition of its own, so that none takes the events of a fleet. */
export const deliveryKey = (webhookId: string, eventId: string): Key => ({
  pk: `DELIVERY#${webhookId}#${eventId}`,
  sk: 'DELIVERY',
});

/** A chunk of an operator's event log, counted from 1: a partition of its own, so that none takes more than one write. */
export const eventChunkKey = (operatorId: string, chunk: number): Key => ({
  pk: `EVENTLOG#${operatorId}#${chunk}`,
  sk: 'CHUNK',
});
