import { reachedLimits } from '../../../core/account/account-use.ts';
import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type {
  AuthorizationInfo,
  LocationReferences,
  PartnerToken,
} from '../../../core/ocpi/model/token.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { partyFor } from '../../../core/ocpi/partner/party-for.ts';
import { ownTokenType, partnerToken } from '../../../core/ocpi/publish/partner-token.ts';
import { authorizeToken } from '../../../core/token/authorize-token.ts';
import { instant } from '../../../core/units/instant.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { readAccountUse, readLimited } from '../../store/accounts/account-use.ts';
import type { StoredToken } from '../../store/operators/tokens.ts';
import { readOurParties } from '../../store/partners/ocpi-settings.ts';
import { readPublication } from '../../store/partners/publications.ts';
import { readOwnToken } from '../../store/received/own-token.ts';
import { answerList } from '../answer-list.ts';
import { isElsewhere, type OcpiCaller } from '../ocpi-caller.ts';
import type { OcpiRequest } from '../ocpi-request.ts';
import type { OcpiResponse } from '../ocpi-response.ts';
import type { ModulePlace } from '../place.ts';
import { shownParties } from '../shown-parties.ts';
import { notFound, repairedBody } from './pushed-place.ts';

const listOf = ({ partner: { operatorId } }: OcpiCaller) =>
  ({ operatorId, scope: '-', module: 'tokens' }) as const;

/** The words of OCPI for what we answer chargers of our own. */
const allowed = {
  Accepted: 'ALLOWED',
  Blocked: 'BLOCKED',
  Expired: 'EXPIRED',
  Invalid: 'NOT_ALLOWED',
} as const;

/** Whether an account has used up a limit of this month, by UTC: nobody says in which zone the driver stands. */
async function isOverLimit(
  { database, partner: { operatorId } }: OcpiCaller,
  accountId: string,
  now: string,
): Promise<boolean> {
  const limited = await readLimited(database, operatorId, accountId);
  if (limited === undefined) return false;
  const { account, running } = limited;
  const { use } = await readAccountUse(database, limited, now.slice(0, 7), running);
  return reachedLimits(account, use).length > 0;
}

async function decide(caller: OcpiCaller, token: StoredToken): Promise<string> {
  const { database, services, partner } = caller;
  const { operatorId } = partner;
  const at = services.now();
  const { parentTokenId, accountId } = token;
  const parent =
    parentTokenId === undefined
      ? undefined
      : await readOwnToken(database, operatorId, parentTokenId);
  const { status } = authorizeToken(
    { ...token, operatorId },
    parent && { ...parent, operatorId },
    instant(BigInt(at)),
  );
  if (status !== 'Accepted' || accountId === undefined) return allowed[status];
  const isOver = await isOverLimit(caller, accountId, new Date(at).toISOString());
  return isOver ? 'NO_CREDIT' : allowed[status];
}

/** The token as partners see it; one that they have not been shown yet as they will. */
async function shownToken(
  caller: OcpiCaller,
  token: StoredToken,
): Promise<PartnerToken | undefined> {
  const { database, services, partner } = caller;
  const seen = await readPublication<PartnerToken>(database, listOf(caller), token.tokenId);
  if (seen !== undefined) return seen.object;
  const parties = await readOurParties(database, partner.operatorId);
  const party = partyFor(parties, 'EMSP', token.party);
  return party && partnerToken(party, token, new Date(services.now()).toISOString());
}

/** The place that a driver asks about, if the partner names one. */
function placeIn(
  caller: OcpiCaller,
  { version }: ModulePlace,
  request: OcpiRequest,
): LocationReferences | undefined | Extract<OcpiOutcome, { readonly kind: 'invalid' }> {
  if (request.body === undefined) return undefined;
  const owner = { countryCode: '', partyId: '' };
  const pair = allTranslators[version].locationReferences;
  const read = pair?.from(repairedBody(caller, request), { owner });
  return read?.kind === 'received'
    ? read.value
    : { kind: 'invalid', problems: read?.problems ?? [] };
}

/** Answers whether a token of one of our drivers may charge now: not by place or time of the charger, which the partner knows. */
async function authorize(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
  uid: string,
): Promise<OcpiOutcome> {
  const location = placeIn(caller, place, request);
  if (location !== undefined && 'kind' in location) return location;
  const type = request.query['type'] ?? request.query['token_type'] ?? ownTokenType;
  const stored = await readOwnToken(caller.database, caller.partner.operatorId, uid);
  if (stored === undefined || type.toUpperCase() !== ownTokenType) return { kind: 'unknown-token' };
  const token = await shownToken(caller, stored);
  // To whom it is not shown, or who asks another party of ours for it, has not heard of it.
  const isShown = await shownParties(caller);
  if (token !== undefined && (isElsewhere(caller, token) || !isShown(token))) {
    return { kind: 'unknown-token' };
  }
  const info: AuthorizationInfo = omitUndefined({
    allowed: await decide(caller, stored),
    token,
    location,
  });
  const owner = token ?? { countryCode: '', partyId: '' };
  const written = allTranslators[place.version].authorizationInfo?.to(info, { owner });
  return written?.kind === 'translated' ? { kind: 'ok', data: written.object } : notFound;
}

/** Answers a page of the tokens of our drivers, or whether one of them may charge. */
export async function answerOwnTokens(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiResponse> {
  const [uid, verb, ...more] = place.rest;
  if (request.method === 'POST' && verb === 'authorize' && more.length === 0) {
    return { outcome: await authorize(caller, place, request, uid ?? '') };
  }
  if (request.method !== 'GET' || uid !== undefined) return { outcome: notFound };
  const pair = allTranslators[place.version].token;
  return await answerList<PartnerToken>(caller, request, { list: listOf(caller), pair });
}
