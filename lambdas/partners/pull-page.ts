import type { Context } from '../../core/ocpi/codec/context.ts';
import { isFields } from '../../core/ocpi/common/fields.ts';
import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import { hubTrouble, mayPass } from '../../core/ocpi/hub/hub-trouble.ts';
import { requestRouting } from '../../core/ocpi/hub/routing-headers.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import { connectedParties } from '../../core/ocpi/partner/connected-to.ts';
import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import type { Partner, PartnerRegistration } from '../../core/ocpi/partner/partner.ts';
import { partyFor } from '../../core/ocpi/partner/party-for.ts';
import {
  afterPage,
  beginPull,
  failPull,
  isElsewhere,
  type ObjectOfPage,
  type PullProgress,
} from '../../core/ocpi/pull/pull-progress.ts';
import { pulledRole, pullingRole } from '../../core/ocpi/pull/pulling-role.ts';
import type { ConnectionQuirkName } from '../../core/ocpi/quirks/connection-quirks.ts';
import { repairDocument } from '../../core/ocpi/quirks/repair-document.ts';
import { statedLimit } from '../../core/ocpi/quirks/stated-limit.ts';
import { statedAhead, withoutTimesAhead } from '../../core/ocpi/received/times-ahead.ts';
import type { JsonLiteral } from '../../core/units/json-literals.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { addressOf } from '../roaming/begin-pulls.ts';
import { type Called, callPartner } from '../roaming/call-partner.ts';
import type { PartnerMessage } from '../roaming/partner-message.ts';
import { type Pulling, receiveObject } from '../roaming/receive/receive-object.ts';
import type { RoamingServices } from '../roaming/roaming-services.ts';
import type { SendPartnerMessages } from '../roaming/send-partner-messages.ts';
import { tokensFor } from '../roaming/tokens-for.ts';
import { readPartner } from '../store/partners/partners.ts';
import { readPull, writePull } from '../store/received/pulls.ts';
import type { Database } from '../store/table/client.ts';

type Surroundings = {
  readonly database: Database;
  readonly services: RoamingServices;
  readonly send: SendPartnerMessages;
};

/** A message that asks for the next page of a pull. */
export type PullMessage = Extract<PartnerMessage, { readonly kind: 'pull' }>;

/** The id of an object; a token has that of its medium. */
function idIn(document: JsonLiteral): string {
  const id = isFields(document) ? (document['id'] ?? document['uid']) : undefined;
  return typeof id === 'string' ? id : '';
}

async function keepObject(
  pulling: Pulling,
  module: PullProgress['module'],
  received: JsonLiteral,
): Promise<ObjectOfPage> {
  const repaired = repairDocument(received, pulling.partner.quirks, { receivedAt: pulling.now });
  // A CDR never changes, and is kept as it came.
  const document =
    module === 'cdrs' ? repaired.document : withoutTimesAhead(repaired.document, pulling.now);
  const { changedAt, outcome } = await receiveObject(pulling, module, document);
  const id = idIn(document);
  if (outcome.kind === 'ok' || outcome.kind === 'created') {
    // As it says, whenever it is read: by that the next page is recognized as the one behind this.
    const stated = statedAhead(repaired.document, pulling.now);
    return omitUndefined({ id, changedAt: stated ?? changedAt });
  }
  return { id, problems: outcome.kind === 'invalid' ? outcome.problems : [] };
}

/** Keeps the objects of a page: those that are wrong keep no other from being kept. */
async function keepObjects(
  pulling: Pulling,
  { module }: PullProgress,
  data: JsonLiteral | undefined,
): Promise<readonly ObjectOfPage[]> {
  const objects: ObjectOfPage[] = [];
  for (const received of Array.isArray(data) ? data : []) {
    objects.push(await keepObject(pulling, module, received));
  }
  return objects;
}

const isPassing = (statusCode: number | null): boolean => {
  const trouble = hubTrouble(statusCode);
  return trouble !== undefined && mayPass(trouble);
};

const countIn = (headers: Readonly<Record<string, string>>): number | undefined => {
  const count = Number(headers['x-total-count'] ?? Number.NaN);
  return Number.isSafeInteger(count) && count >= 0 ? count : undefined;
};

/** The party of a partner whose objects a module has. */
const partyOf = (
  { roles }: PartnerRegistration,
  module: PullProgress['module'],
): Party | undefined =>
  roles.find(({ role }) => role?.toUpperCase() === pulledRole(module)) ?? roles[0];

const contextOf = (
  registration: PartnerRegistration,
  module: PullProgress['module'],
  us: OurParty | undefined,
): Context => {
  const owner = partyOf(registration, module) ?? { countryCode: '', partyId: '' };
  const isOurs = us !== undefined && pullingRole(module) === 'EMSP';
  return { owner, negativeCredits: true, ...(isOurs ? { emsp: us } : {}) };
};

async function call(
  services: RoamingServices,
  partner: Partner,
  registration: PartnerRegistration,
  us: OurParty | undefined,
  { module, next }: PullProgress,
): Promise<Called> {
  const { version } = registration;
  const tokens = await tokensFor(services, partner, registration);
  // A hub is asked for what all of its parties have.
  const receiver = hubOf(registration) ?? partyOf(registration, module);
  const isRouted = version !== '2.1.1' && us !== undefined && receiver !== undefined;
  const routing = isRouted ? requestRouting(module, us, { kind: 'party', receiver }) : {};
  return await callPartner(services, { method: 'GET', url: next, ...tokens, routing });
}

/** The progress after the partner answered; one that cannot be reached is asked again later. */
async function read(
  { database, services }: Surroundings,
  partner: Partner,
  registration: PartnerRegistration,
  parties: readonly OurParty[],
  progress: PullProgress,
): Promise<PullProgress> {
  const { module } = progress;
  const us = partyFor(connectedParties(partner, parties), pullingRole(module), undefined);
  const called = await call(services, partner, registration, us, progress);
  const now = new Date(services.now()).toISOString();
  switch (called.kind) {
    case 'unreachable':
      throw new Error(called.message);
    case 'unauthorized':
      return failPull(progress, 'The partner does not know our token.', now);
    case 'refused':
      // The partner's own trouble passes, and so does most of a hub's.
      if (called.http >= 500 || isPassing(called.statusCode)) throw new Error(called.message);
      return failPull(progress, called.message, now);
    case 'success': {
      const { version } = registration;
      const context = contextOf(registration, module, us);
      const pulling = { database, partner, version, context, now };
      const objects = await keepObjects(pulling, progress, called.data);
      const { link, 'x-limit': most } = called.headers;
      const limit = statedLimit(most, partner.quirks as readonly ConnectionQuirkName[]);
      const page = { objects, link, total: countIn(called.headers), limit };
      return afterPage(progress, page, now);
    }
    default:
      return called satisfies never;
  }
}

/** The pull as it goes on: from its first page where its partner has registered at another address since, which would get our new token. */
function goingOn(partner: Partner, progress: PullProgress, now: string): PullProgress {
  const address = addressOf(partner, progress.module);
  if (!isElsewhere(progress, address)) return progress;
  return address === undefined
    ? failPull(progress, 'The partner does not have this module any more.', now)
    : beginPull(progress.module, address, progress, now);
}

/**
 * Reads the next page of a pull from a partner, and asks for the one after it. Progress is kept after each page: a run that ends in
 * between is repeated from there, and what it kept already is kept once.
 */
export async function pullPage(
  surroundings: Surroundings,
  parties: readonly OurParty[],
  message: PullMessage,
): Promise<string> {
  const { database, send } = surroundings;
  const { operatorId, partnerId } = message;
  const partner = await readPartner(database, operatorId, partnerId);
  const registration = partner?.registration;
  const kept = await readPull(database, message);
  if (kept?.progress.state !== 'running') return 'pull-over';
  if (partner === undefined || registration === undefined) return 'pull-over';
  // Nothing is exchanged: whoever resumes the partner begins another pull.
  if (partner.suspendedAt !== undefined) return 'pull-suspended';
  const at = new Date(surroundings.services.now()).toISOString();
  const begun = goingOn(partner, kept.progress, at);
  const progress =
    begun.state === 'running'
      ? await read(surroundings, partner, registration, parties, begun)
      : begun;
  const written = await writePull(database, message, kept, progress);
  // Whoever else read this page goes on.
  if (written === 'written' && progress.state === 'running') await send([message]);
  return 'pull';
}
