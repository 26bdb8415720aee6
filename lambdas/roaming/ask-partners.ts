import { statusOfAllowed } from '../../core/ocpi/authorize/asked-token.ts';
import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import { type Journey, requestRouting } from '../../core/ocpi/hub/routing-headers.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import type { AuthorizationInfo, PartnerToken } from '../../core/ocpi/model/token.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import { isConnectedTo } from '../../core/ocpi/partner/connected-to.ts';
import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import type { Partner, RegisteredPartner } from '../../core/ocpi/partner/partner.ts';
import { partiesAs, partyFor } from '../../core/ocpi/partner/party-for.ts';
import { playsRole } from '../../core/ocpi/partner/plays-role.ts';
import { senderEndpoint } from '../../core/ocpi/partner/sender-endpoint.ts';
import type { ConnectionQuirkName } from '../../core/ocpi/quirks/connection-quirks.ts';
import { endpointUrl } from '../../core/ocpi/quirks/endpoint-url.ts';
import { repairDocument } from '../../core/ocpi/quirks/repair-document.ts';
import type { TokenAuthorization } from '../../core/token/authorize-token.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { logger } from '../runtime/logger.ts';
import { readLocation } from '../store/locations/locations.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import { keepCommandedToken, readRoamingToken } from '../store/partners/partner-tokens.ts';
import { listPartners, readPartner } from '../store/partners/partners.ts';
import { isPublished } from '../store/partners/publications.ts';
import type { Database } from '../store/table/client.ts';
import type { AskedDriver } from './asked-driver.ts';
import { callPartner, type PartnerCall } from './call-partner.ts';
import { clientRefusal } from './client-refusal.ts';
import type { RoamingServices } from './roaming-services.ts';
import { speaksFor } from './speaks-for.ts';
import { tokensFor } from './tokens-for.ts';

/** How long what a partner allowed holds, ms: until the driver has plugged in. */
const allowedFor = 5 * 60_000;

/** Partners that are asked about one token at most. */
const mostPartners = 50;

/** The surroundings of a question: what all partners are asked with. */
type Asking = {
  readonly database: Database;
  readonly services: Pick<RoamingServices, 'request' | 'keyOf' | 'now'>;
  readonly us: Party;
  /** The token as it was pushed or commanded. */
  readonly held: PartnerToken | undefined;
  readonly tokenId: string;
  /** The location, where partners see it. */
  readonly locationId: string | undefined;
};

type Decision = {
  readonly partnerId: string;
  readonly status: TokenAuthorization['status'];
  readonly token: PartnerToken;
  readonly isThroughHub: boolean;
  readonly authorizationReference?: string;
};

const isAskable = (partner: Partner | undefined): partner is RegisteredPartner =>
  partner?.registration !== undefined &&
  partner.suspendedAt === undefined &&
  playsRole(partner, 'CPO') &&
  senderEndpoint(partner.registration, 'tokens') !== undefined;

async function partnersFor(
  database: Database,
  { operatorId, partnerId }: AskedDriver,
): Promise<readonly RegisteredPartner[]> {
  if (partnerId !== undefined) {
    return [await readPartner(database, operatorId, partnerId)].filter(isAskable);
  }
  const found: RegisteredPartner[] = [];
  let after: string | undefined;
  do {
    const page = await listPartners(database, operatorId, { limit: mostPartners, after });
    const asked = page.items.filter(({ askUnknownTokens }) => askUnknownTokens !== false);
    found.push(...asked.filter(isAskable));
    after = page.next ?? undefined;
  } while (after !== undefined && found.length < mostPartners);
  return found.slice(0, mostPartners);
}

const isHub = ({ registration }: RegisteredPartner): boolean => hubOf(registration) !== undefined;

/** The party of a partner that a driver is of, as far as it is known before the partner answers; a hub finds it by itself. */
function partyOf(partner: RegisteredPartner, held: PartnerToken | undefined): Party | undefined {
  if (held !== undefined || isHub(partner)) return held;
  const { roles } = partner.registration;
  return roles.find(({ role = 'EMSP' }) => role.toUpperCase() === 'EMSP');
}

/** A token of which the partner says nothing but that it may charge, as 2.1.1 does. Whatever the partner says of it is newer. */
const unstatedToken = (
  { name }: RegisteredPartner,
  { countryCode, partyId }: Party,
  uid: string,
): PartnerToken => ({
  countryCode,
  partyId,
  uid,
  contractId: uid,
  lastUpdated: '1970-01-01T00:00:00.000Z',
  type: 'RFID',
  issuer: name,
  valid: true,
  whitelist: 'NEVER',
});

/** The token that a partner answers about, if it is the one that was asked about, and one of its drivers'. */
async function answeredToken(
  partner: RegisteredPartner,
  { database, held, tokenId }: Asking,
  { token }: AuthorizationInfo,
): Promise<PartnerToken | undefined> {
  if (held !== undefined) return held;
  const party = partyOf(partner, held);
  if (token === undefined) return party && unstatedToken(partner, party, tokenId);
  const isMeant = token.uid.toUpperCase() === tokenId.toUpperCase();
  return isMeant && (await speaksFor(database, partner, token, 'EMSP')) ? token : undefined;
}

/** The call by which a partner is asked. */
async function questionFor(
  { services, us, held, tokenId, locationId }: Asking,
  partner: RegisteredPartner,
): Promise<PartnerCall> {
  const { registration, quirks } = partner;
  const { version } = registration;
  const endpoint = senderEndpoint(registration, 'tokens') ?? '';
  const receiver = partyOf(partner, held);
  const place =
    locationId === undefined
      ? undefined
      : allTranslators[version].locationReferences?.to(
          { locationId, evseUids: [], connectorIds: [] },
          { owner: us },
        );
  const steps = [held?.uid ?? tokenId, 'authorize'];
  const url = endpointUrl(endpoint, steps, quirks as readonly ConnectionQuirkName[]);
  const parameter = version === '2.1.1' ? 'token_type' : 'type';
  const journey: Journey = receiver === undefined ? { kind: 'open' } : { kind: 'party', receiver };
  return {
    method: 'POST',
    url: `${url}?${parameter}=${encodeURIComponent(held?.type ?? 'RFID')}`,
    ...(await tokensFor(services, partner, registration)),
    ...(place?.kind === 'translated' ? { body: place.object } : {}),
    routing: version === '2.1.1' ? {} : requestRouting('tokens', us, journey),
  };
}

async function ask(asking: Asking, partner: RegisteredPartner): Promise<Decision | undefined> {
  const { database, services, us, held } = asking;
  const { registration, quirks, partnerId } = partner;
  if (held && (await clientRefusal(database, partner, held, 'EMSP'))) return undefined;
  const called = await callPartner(services, await questionFor(asking, partner));
  // A partner that does not know the token answers 404 or 2004, and decides nothing.
  if (called.kind !== 'success') return undefined;
  const receivedAt = new Date(services.now()).toISOString();
  const { document } = repairDocument(called.data ?? null, quirks, { receivedAt });
  const read = allTranslators[registration.version].authorizationInfo?.from(document, {
    owner: partyOf(partner, held) ?? us,
  });
  const token =
    read?.kind === 'received' ? await answeredToken(partner, asking, read.value) : undefined;
  if (read?.kind !== 'received' || token === undefined) {
    logger.warn('A partner answered about a token in a way that cannot be used', { partnerId });
    return undefined;
  }
  const { allowed, authorizationReference } = read.value;
  return omitUndefined({
    partnerId,
    token,
    authorizationReference,
    isThroughHub: isHub(partner),
    status: statusOfAllowed(allowed),
  });
}

/** The first decision that lets the token charge, else any that does not; those that come later are not waited for. */
async function decisionOf(
  work: readonly Promise<Decision | undefined>[],
): Promise<Decision | undefined> {
  const allowing = work.map(async (one) => {
    const decision = await one;
    if (decision?.status !== 'Accepted') throw new Error('This partner does not allow it');
    return decision;
  });
  return await Promise.any(allowing).catch(async () =>
    (await Promise.all(work)).find((decision) => decision !== undefined),
  );
}

/** The party of ours whose charger a driver stands at; nothing is read where we are one as CPO. */
async function partyAt(
  database: Database,
  parties: readonly OurParty[],
  { operatorId, locationId }: AskedDriver,
): Promise<Party | undefined> {
  const isOne = partiesAs(parties, 'CPO').length <= 1;
  const location =
    isOne || locationId === undefined
      ? undefined
      : await readLocation(database, operatorId, locationId);
  return partyFor(parties, 'CPO', location?.party);
}

/**
 * Asks the partner of a token, or all partners about one that nobody knows, whether its driver may charge. What one allows is kept
 * for five minutes, with its reference for session and CDR, and no partner is asked again meanwhile. Undefined where none decided.
 * `services.request` bounds how long an answer is waited for.
 */
export async function askPartners(
  database: Database,
  services: Asking['services'],
  asked: AskedDriver,
): Promise<TokenAuthorization | undefined> {
  const { operatorId, tokenId, partnerId, locationId } = asked;
  const [partners, parties, held, isShown] = await Promise.all([
    partnersFor(database, asked),
    readOurParties(database, operatorId),
    partnerId === undefined ? undefined : readRoamingToken(database, operatorId, tokenId),
    locationId !== undefined &&
      isPublished(database, { operatorId, scope: '-', module: 'locations' }, locationId),
  ]);
  const us = await partyAt(database, parties, asked);
  if (us === undefined) return undefined;
  const asking = {
    database,
    services,
    us,
    tokenId,
    held: held?.token,
    locationId: isShown ? locationId : undefined,
  };
  const connected = partners.filter((partner) => isConnectedTo(partner, parties, us));
  const decision = await decisionOf(
    connected.map(async (partner) => {
      return await ask(asking, partner).catch((error: unknown) => {
        logger.error('A partner could not be asked', { error, partnerId: partner.partnerId });
        return undefined;
      });
    }),
  );
  if (decision === undefined || decision.status !== 'Accepted') {
    return decision && { status: decision.status };
  }
  const now = services.now();
  const until = new Date(now + allowedFor).toISOString();
  const { token, isThroughHub, authorizationReference } = decision;
  const kept = await keepCommandedToken(
    database,
    operatorId,
    tokenId,
    { partnerId: decision.partnerId, token, isThroughHub },
    omitUndefined({ until, authorizationReference, isAsked: true as const }),
    new Date(now).toISOString(),
  );
  return kept === 'kept' ? { status: 'Accepted', expiryDate: until } : undefined;
}
