import * as z from 'zod';
import { pulledModules } from '../../core/ocpi/pull/pull-progress.ts';

/** The thing that may have changed for partners; whoever looks reads what it is now. */
const ThingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('location'), locationId: z.string() }),
  z.object({ kind: z.literal('charger'), chargerKey: z.string() }),
  z.object({ kind: z.literal('tariff'), tariffId: z.string() }),
  z.object({ kind: z.literal('session'), sessionId: z.string() }),
  /** A command that a partner ordered, by its place among those of its charger. */
  z.object({ kind: z.literal('command'), chargerKey: z.string(), sequence: z.string() }),
  /** The reservation of a number that its charger says has ended, or of a connector that is free again; `at` is ISO 8601 in UTC. */
  z.object({
    kind: z.literal('reservation'),
    chargerKey: z.string(),
    number: z.int(),
    at: z.string(),
  }),
  z.object({
    kind: z.literal('released'),
    chargerKey: z.string(),
    evseId: z.int(),
    connectorId: z.int(),
    at: z.string(),
  }),
  /** Limits of a charger that changed by itself for a session, or about which one that is connected again never answered; `at` is ISO 8601 in UTC. */
  z.object({
    kind: z.literal('limits'),
    chargerKey: z.string(),
    at: z.string(),
    sessionId: z.string().optional(),
  }),
  /** A party behind a hub that is connected again. */
  z.object({
    kind: z.literal('connected'),
    partnerId: z.string(),
    wokenFor: z.object({ countryCode: z.string(), partyId: z.string() }),
  }),
  /** An invoice of ours to a partner, by the id of its record. */
  z.object({ kind: z.literal('invoice'), partnerId: z.string(), recordId: z.string() }),
  /** A sealed CDR by its place in its charger's chain. */
  z.object({ kind: z.literal('cdr'), chargerKey: z.string(), sequence: z.int() }),
]);

/** Asks for a look at a thing that may have changed. */
const LookSchema = z.object({
  kind: z.literal('look'),
  operatorId: z.string(),
  thing: ThingSchema,
});

/** Asks for a look at every location of an operator, as when its first partner comes. */
const EverythingSchema = z.object({
  kind: z.literal('everything'),
  operatorId: z.string(),
  /** Tariffs of which a price list has others now: connectors that have them change for partners. */
  touched: z.array(z.string()).optional(),
  /** The location after which to go on; absent at the start. */
  after: z.string().optional(),
});

/** Asks for a look at a token of one of our drivers. */
const TokenSchema = z.object({
  kind: z.literal('token'),
  operatorId: z.string(),
  tokenId: z.string(),
  /** Where it is for the case that a call died: whatever was shown before this time, ISO 8601 in UTC, is pushed by whoever showed it. */
  shownFrom: z.string().optional(),
});

/** Asks for a look at every token of an operator, as when it becomes an eMSP. */
const TokensSchema = EverythingSchema.extend({ kind: z.literal('tokens') });

/** Asks for the next page of a pull of a module from a partner. */
const PullSchema = z.object({
  kind: z.literal('pull'),
  operatorId: z.string(),
  partnerId: z.string(),
  module: z.enum(pulledModules),
});

/** Asks for the pulls from a partner that are due. */
const PullsSchema = z.object({
  kind: z.literal('pulls'),
  operatorId: z.string(),
  partnerId: z.string(),
});

const MessageSchema = z.discriminatedUnion('kind', [
  LookSchema,
  EverythingSchema,
  TokenSchema,
  TokensSchema,
  PullSchema,
  PullsSchema,
]);

/** A thing that partners may see. */
export type SharedThing = z.output<typeof ThingSchema>;

/** A message of the queue of what concerns partners. */
export type PartnerMessage = z.output<typeof MessageSchema>;

/** Reads a message of the queue; throws for one that this version did not write. */
export const partnerMessageFrom = (body: string): PartnerMessage =>
  MessageSchema.parse(JSON.parse(body));
