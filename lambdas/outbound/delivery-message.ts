import * as z from 'zod';
import { pushedModules } from '../../core/ocpi/push/pushed-modules.ts';

const of = { operatorId: z.string(), webhookId: z.string() };

/** An event on its way to a webhook, as the queue of deliveries holds it. */
const DeliverySchema = z.object({
  kind: z.literal('delivery'),
  ...of,
  event: z.object({
    type: z.string(),
    id: z.string(),
    at: z.string(),
    operatorId: z.string(),
    data: z.record(z.string(), z.unknown()),
  }),
  /** 1 for the first. */
  attempt: z.int(),
  /** Seconds that are still to be waited; a queue delays by 15 minutes at most. */
  waitSeconds: z.int().default(0),
  /** Sent again because somebody asked for it, although it may have been delivered. */
  isReplay: z.boolean().default(false),
});

/** Events of a span of time that are to be sent to a webhook again. */
const ReplaySchema = z.object({
  kind: z.literal('replay'),
  ...of,
  /** The place in the log after which to go on; absent at the start. */
  after: z.string().optional(),
  /** ISO 8601 in UTC, both included. */
  from: z.string(),
  to: z.string(),
});

/** That there may be something to send over a connection of the live feed. */
const FeedSchema = z.object({
  kind: z.literal('feed'),
  operatorId: z.string(),
  connectionId: z.string(),
  /** The key that the connection was opened with. */
  apiKeyId: z.string(),
  waitSeconds: z.int().default(0),
});

/** A look at an attempt to pay by card. */
const PaymentSchema = z.object({
  kind: z.literal('payment'),
  attemptId: z.string(),
  /** True where something else than the row of looks asks for it. */
  isHint: z.boolean().default(false),
  /** Looks before this one that failed, in a row. */
  troubles: z.int().default(0),
  waitSeconds: z.int().default(0),
});

/** That a roaming partner may not have an object as it is now. */
const PushSchema = z.object({
  kind: z.literal('push'),
  operatorId: z.string(),
  partnerId: z.string(),
  module: z.enum(pushedModules),
  objectId: z.string(),
  /** The party that is connected again: if the object is for it, it is tried although its time has not come. */
  wokenFor: z.object({ countryCode: z.string(), partyId: z.string() }).optional(),
  waitSeconds: z.int().default(0),
});

/** The result of a command that a roaming partner ordered. */
const ResultSchema = z.object({
  kind: z.literal('result'),
  operatorId: z.string(),
  partnerId: z.string(),
  chargerKey: z.string(),
  sequence: z.string(),
  /** The charger dropped the reservation that the command made. */
  isDropped: z.boolean().default(false),
  waitSeconds: z.int().default(0),
});

/** That how fast a session charges may have changed, which its partner is to get. */
const ProfileSchema = z.object({
  kind: z.literal('profile'),
  operatorId: z.string(),
  sessionId: z.string(),
  /** When the charger took the change, or was connected again, ISO 8601 in UTC. */
  changedAt: z.string(),
  /** How far the partner's own profile reaches, seconds; absent where it has no end. */
  durationSeconds: z.int().optional(),
  waitSeconds: z.int().default(0),
});

const MessageSchema = z.discriminatedUnion('kind', [
  DeliverySchema,
  ReplaySchema,
  FeedSchema,
  PaymentSchema,
  PushSchema,
  ResultSchema,
  ProfileSchema,
]);

/** An event on its way to a webhook. */
export type DeliveryMessage = z.output<typeof DeliverySchema>;

/** A span of time to be sent again. */
export type ReplayMessage = z.output<typeof ReplaySchema>;

/** A look at what a connection of the live feed has not got yet. */
export type FeedMessage = z.output<typeof FeedSchema>;

/** A look at an attempt to pay. */
export type PaymentMessage = z.output<typeof PaymentSchema>;

/** A look at what a roaming partner has not got yet of an object. */
export type PushMessage = z.output<typeof PushSchema>;

/** The result of a command for the partner that ordered it. */
export type ResultMessage = z.output<typeof ResultSchema>;

/** A change of how fast a session charges. */
export type ProfileMessage = z.output<typeof ProfileSchema>;

/** A message of the queue of deliveries. */
export type OutboundMessage = z.output<typeof MessageSchema>;

/** Reads a message of the queue; throws for one that this version did not write. */
export const outboundMessageFrom = (body: string): OutboundMessage =>
  MessageSchema.parse(JSON.parse(body));
