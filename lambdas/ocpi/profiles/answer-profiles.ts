import { chargerKey as chargerKeyOf } from '../../../core/charger/charger-key.ts';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { sessionProfile } from '../../../core/ocpi/profiles/session-profile.ts';
import { repairDocument } from '../../../core/ocpi/quirks/repair-document.ts';
import type { Session } from '../../../core/session/session.ts';
import { urlProblem } from '../../outbound/check-url.ts';
import { hubAddress } from '../../outbound/hub-address.ts';
import { allowLoopback } from '../../outbound/loopback-option.ts';
import { profileNumber } from '../../roaming/profile-number.ts';
import type { SharedSession } from '../../roaming/shared-object.ts';
import { sharedScope } from '../../roaming/shared-scope.ts';
import { readPublication } from '../../store/partners/publications.ts';
import { followProfile } from '../../store/sessions/profile-follower.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import { readTarget } from '../commands/find-charger.ts';
import { orderCommand, secondsToWait } from '../commands/order-command.ts';
import type { Refusal } from '../commands/refusal.ts';
import { invalidAt } from '../invalid-at.ts';
import { isElsewhere, type OcpiCaller } from '../ocpi-caller.ts';
import type { OcpiRequest } from '../ocpi-request.ts';
import type { ModulePlace } from '../place.ts';
import { sent } from '../sent.ts';

const notFound: OcpiOutcome = { kind: 'object-not-found' };

/** The wish of a partner about the profile of a session: a command for its charger, and where the result goes. */
type Asked = {
  readonly responseUrl: string;
  readonly requestFor: (session: Session) => CommandRequest | Refusal;
};

/** A look at a schedule reaches this far at most, seconds. */
const longestLook = 86_400;

function askedByQuery({ method, query }: OcpiRequest): Asked | OcpiOutcome {
  const responseUrl = query['response_url'];
  if (responseUrl === undefined) return invalidAt('response_url', 'This is missing.');
  if (method === 'DELETE') {
    return {
      responseUrl,
      requestFor: ({ sessionId }) => ({
        type: 'clear-charging-profile',
        profileId: profileNumber(sessionId),
      }),
    };
  }
  const duration = query['duration'] ?? '';
  if (!/^[1-9]\d{0,8}$/.test(duration)) {
    return invalidAt('duration', 'This has to be a whole number of seconds.');
  }
  const durationSeconds = Math.min(Number(duration), longestLook);
  return {
    responseUrl,
    requestFor: ({ evseId, connectorId }) => ({
      type: 'composite-schedule',
      connector: { evseId, connectorId },
      durationSeconds,
    }),
  };
}

function askedByBody(
  { services, partner }: OcpiCaller,
  { version }: ModulePlace,
  { body }: OcpiRequest,
): Asked | OcpiOutcome {
  const pair = allTranslators[version].setChargingProfile;
  if (pair === undefined) return notFound;
  const receivedAt = new Date(services.now()).toISOString();
  const { document } = repairDocument(body ?? null, partner.quirks, { receivedAt });
  const read = pair.from(document, { owner: { countryCode: '', partyId: '' } });
  if (read.kind === 'malformed') return { kind: 'invalid', problems: read.problems };
  const { responseUrl, chargingProfile } = read.value;
  return {
    responseUrl,
    requestFor: (session) => {
      const { sessionId, transactionId, evseId, connectorId } = session;
      const profileId = profileNumber(sessionId);
      const profile = sessionProfile(chargingProfile, { profileId, transactionId });
      return profile === undefined
        ? { result: 'REJECTED', message: 'The profile has no period.' }
        : { type: 'set-charging-profile', connector: { evseId, connectorId }, profile };
    },
  };
}

/** Has the charger of a session of the caller's driver do it, or says why not. */
async function order(
  caller: OcpiCaller,
  sessionId: string,
  { responseUrl, requestFor }: Asked,
): Promise<'ordered' | Refusal> {
  const { database, asking } = caller;
  const { operatorId, partnerId } = caller.partner;
  const scope = sharedScope(partnerId, asking);
  const list = { operatorId, scope, module: 'sessions' } as const;
  const seen = await readPublication<SharedSession>(database, list, sessionId);
  const session = seen && (await readSession(database, seen.objectId, true))?.session;
  const us = seen?.object.driver.party;
  const isThere = us !== undefined && !isElsewhere(caller, us);
  if (seen === undefined || session === undefined || !isThere) {
    return { result: 'UNKNOWN_SESSION', message: 'The session is not known.' };
  }
  if (!seen.object.place.evse.capabilities.includes('CHARGING_PROFILE_CAPABLE')) {
    return { result: 'NOT_SUPPORTED', message: 'The EVSE takes no charging profiles.' };
  }
  if (session.state !== 'active') {
    return { result: 'REJECTED', message: 'The session has ended already.' };
  }
  const request = requestFor(session);
  if ('result' in request) return request;
  const target = await readTarget(caller, chargerKeyOf(session.operatorId, session.chargerId));
  if ('result' in target) return target;
  const ordered = await orderCommand(caller, target, request, { responseUrl, us });
  // Once the charger has accepted it, the partner gets what others change.
  const isSet = ordered === 'ordered' && request.type === 'set-charging-profile';
  if (isSet) await followProfile(database, session.sessionId);
  return ordered;
}

/**
 * Takes a wish of a partner about the charging profile of a session: to set, read or clear it. The answer says whether it was taken,
 * the result follows at the address that it names.
 */
export async function answerProfiles(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  const [sessionId, ...more] = place.rest;
  const pair = allTranslators[place.version].chargingProfileResponse;
  const isKnown = ['GET', 'PUT', 'DELETE'].includes(request.method);
  if (sessionId === undefined || more.length > 0 || !isKnown || pair === undefined) return notFound;
  const asked =
    request.method === 'PUT' ? askedByBody(caller, place, request) : askedByQuery(request);
  if ('kind' in asked) return asked;
  if (urlProblem(asked.responseUrl, allowLoopback, hubAddress) !== undefined) {
    return invalidAt('response_url', 'This has to be an https URL of a public address.');
  }
  const ordered = await order(caller, sessionId, asked);
  const response =
    ordered === 'ordered'
      ? { result: 'ACCEPTED', timeout: secondsToWait }
      : { result: ordered.result, timeout: 0 };
  const owner = { countryCode: '', partyId: '' };
  return { kind: 'ok', data: sent(pair.to(response, { owner })) };
}
