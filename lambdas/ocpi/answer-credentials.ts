import type { OcpiOutcome } from '../../core/ocpi/envelope/outcome.ts';
import { offerToken } from '../../core/ocpi/handshake/accepted-tokens.ts';
import { receiveCredentials } from '../../core/ocpi/handshake/receive-credentials.ts';
import { repeatedRole } from '../../core/ocpi/handshake/repeated-role.ts';
import { startEncoding } from '../../core/ocpi/handshake/start-encoding.ts';
import { sameParty } from '../../core/ocpi/model/same-party.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import { ourCredentials } from '../../core/ocpi/partner/our-credentials.ts';
import type { Partner, PartnerRegistration } from '../../core/ocpi/partner/partner.ts';
import type { OcpiVersion } from '../../core/ocpi/translators.ts';
import type { JsonLiteral } from '../../core/units/json-literals.ts';
import { newPartnerToken } from '../roaming/new-partner-token.ts';
import { changeDespiteCalls, registrationOf } from '../roaming/register-with-partner.ts';
import { versionsUrlOf } from '../roaming/roaming-services.ts';
import { runHandshake } from '../roaming/run-handshake.ts';
import { logger } from '../runtime/logger.ts';
import { secretHash } from '../runtime/secrets.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import { sent } from './sent.ts';

const owner = { countryCode: '', partyId: '' };

async function ours(
  { database, services, partner }: OcpiCaller,
  version: OcpiVersion,
  token: string,
): Promise<JsonLiteral> {
  const parties = await readOurParties(database, partner.operatorId);
  const credentials = ourCredentials(parties, partner, token, versionsUrlOf(services));
  const pair = allTranslators[version].credentials;
  if (pair === undefined) throw new Error(`${version} has credentials`);
  return sent(pair.to(credentials, { owner }));
}

/** The token that a partner has replaced, by whatever updates in a row of which it has no answer. */
function tokenBefore({ registration }: Partner): Pick<PartnerRegistration, 'sealedBefore'> {
  const sealedBefore = registration?.sealedBefore ?? registration?.sealedToken;
  return sealedBefore === undefined ? {} : { sealedBefore };
}

/** Whether another attempt of the partner ended while this one read its versions: the token that the partner got by that one is the one it keeps. */
const isOvertaken = (asked: Partner, current: Partner): boolean =>
  current.registration?.sealedToken !== asked.registration?.sealedToken;

/** Takes the credentials of a partner: reads its versions and endpoints with the token in them before they are answered with ours. */
async function register(
  caller: OcpiCaller,
  version: OcpiVersion,
  purpose: 'register' | 'update',
  body: JsonLiteral | undefined,
): Promise<OcpiOutcome> {
  const { database, services, partner } = caller;
  const read = allTranslators[version].credentials?.from(body ?? null, { owner });
  if (read?.kind !== 'received') return { kind: 'invalid', problems: read?.problems ?? [] };
  const { url, token, roles } = read.value;
  const repeated = repeatedRole(roles);
  if (repeated !== undefined) return { kind: 'invalid', problems: [repeated] };
  const { party } = partner;
  if (party !== undefined && !roles.some((role) => sameParty(role, party))) {
    const message = `The party ${party.countryCode} ${party.partyId} is missing, for which the token was given.`;
    return { kind: 'invalid', problems: [{ path: 'roles', message }] };
  }
  if ((await readOurParties(database, partner.operatorId)).length === 0) {
    const { operatorId, partnerId } = partner;
    logger.warn('A partner cannot register: the operator has no party (PUT /settings/ocpi)', {
      operatorId,
      partnerId,
    });
    return { kind: 'no-party' };
  }
  const encoding = startEncoding([version], partner.quirks);
  const end = await runHandshake(services, {
    direction: 'answer',
    purpose,
    versionsUrl: url,
    token,
    ...(encoding === undefined ? {} : { encoding }),
    versions: [version],
    neededModules: [],
    ours: read.value,
  });
  if (end.kind === 'failed') return end.outcome;
  const registration = {
    ...(await registrationOf(services, partner, end, read.value)),
    ...(purpose === 'update' ? tokenBefore(partner) : {}),
  };
  const ourToken = newPartnerToken();
  const changed = await changeDespiteCalls(database, partner, (current) =>
    isOvertaken(partner, current)
      ? {}
      : {
          registration,
          updatedAt: registration.registeredAt,
          accepted: offerToken(current.accepted, secretHash(ourToken)),
        },
  );
  if (changed === undefined) return { kind: 'unauthenticated' };
  if (changed.registration?.sealedToken !== registration.sealedToken) return { kind: 'our-fault' };
  return { kind: 'ok', data: await ours(caller, version, ourToken) };
}

async function unregister({ database, services, partner }: OcpiCaller): Promise<OcpiOutcome> {
  await changeDespiteCalls(database, partner, () => ({
    registration: undefined,
    accepted: {},
    updatedAt: new Date(services.now()).toISOString(),
  }));
  return { kind: 'ok' };
}

/**
 * Answers a request to our endpoint of credentials. A partner that repeats its registration with token A never got our answer:
 * for it, it is not registered yet.
 */
export async function answerCredentials(
  caller: OcpiCaller,
  version: OcpiVersion,
  { method, body }: OcpiRequest,
): Promise<OcpiOutcome> {
  if (method === 'PATCH') return { kind: 'wrong-registration' };
  const isRegistered = caller.partner.registration !== undefined && caller.as !== 'invitation';
  const begun = receiveCredentials(method, isRegistered);
  switch (begun.kind) {
    case 'show':
      return { kind: 'ok', data: await ours(caller, version, caller.token) };
    case 'register':
    case 'update':
      return await register(caller, version, begun.kind, body);
    case 'unregister':
      return await unregister(caller);
    default:
      return begun;
  }
}
