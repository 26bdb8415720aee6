import { mayStartWithoutPlace } from '../../../core/ocpp/protocol.ts';
import type { TokenAuthorization } from '../../../core/token/authorize-token.ts';
import { isStartButton } from '../../../core/token/start-button-token.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { ChargerContext } from '../../connection/charger-context.ts';
import { logger } from '../../runtime/logger.ts';
import { readToken, type StoredToken } from '../../store/operators/tokens.ts';
import type { MessageContext } from '../message-context.ts';
import { type Authorized, authorizeStored } from './authorize.ts';
import { mayChargeHere } from './may-charge-here.ts';

/** How long after it was presented a token is asked about, ms: later its driver has gone, or charges already. */
const askedFor = 5 * 60_000;

/** Whether a partner has to decide: about a token that nobody knows, and one that it wants to be asked about each time. */
const isUndecided = (
  stored: StoredToken | undefined,
  at: number,
  asksPartners: boolean,
): boolean => {
  if (stored === undefined) return asksPartners;
  const { unasked, validUntil } = stored;
  return unasked !== undefined && (validUntil === undefined || Date.parse(validUntil) <= at);
};

/** Our answer about a token that was read: none of a partner's drivers charges where its partner is not connected to the party of the place. */
async function authorizeHere(
  step: MessageContext,
  stored: StoredToken | undefined,
  at: number,
  own: string | undefined,
): Promise<Authorized> {
  const known = await authorizeStored(step, stored, at, own);
  const partnerId = stored?.partnerId;
  if (partnerId === undefined || known.authorization.status !== 'Accepted') return known;
  return (await mayChargeHere(step.database, step.charger, partnerId))
    ? known
    : { authorization: { status: 'Invalid' } };
}

/** The session that a token is presented for (`own`), where it is known, and whether its operator has partners now. */
type Presentation = { readonly own?: string; readonly asksPartners?: boolean };

const accepted: Authorized = { authorization: { status: 'Accepted' } };

/** A charger of OCPP 2.x that asks for no token is answered so (2.0.1 C02.FR.02), unless its operator registered the token that stands for it. */
const isFreeToStart = ({ approval, protocol }: ChargerContext, tokenId: string): boolean =>
  approval === undefined && mayStartWithoutPlace(protocol) && isStartButton(tokenId);

/**
 * Says whether a token may charge that a driver presents at a time (epoch ms): as it is registered, or as its partner answers where
 * that has to be asked. Where no partner answers in time, or the message had to wait, the token's whitelist decides. A time that has not
 * come yet, by a charger's clock that is ahead of ours, is now.
 */
export async function authorizePresented(
  step: MessageContext,
  tokenId: string,
  stored: StoredToken | undefined,
  presentedAt: number,
  { own, asksPartners = step.charger.asksPartners === true }: Presentation = {},
): Promise<Authorized> {
  const { askPartners, charger, now } = step;
  const at = Math.min(presentedAt, now);
  if (stored === undefined && isFreeToStart(charger, tokenId)) return accepted;
  const known = await authorizeHere(step, stored, at, own);
  const isFresh = now - at < askedFor;
  if (askPartners === undefined || !isFresh || tokenId === '') return known;
  if (charger.approval !== undefined || !isUndecided(stored, at, asksPartners)) return known;
  const { operatorId, locationId } = charger;
  const asked = { operatorId, tokenId, partnerId: stored?.partnerId, locationId };
  const answer = await askPartners(omitUndefined(asked)).catch((error: unknown) => {
    logger.error('Partners could not be asked about a token', { error });
    return undefined;
  });
  return answer === undefined ? known : { authorization: answer };
}

/** Says whether a presented token may charge now. */
export async function authorize(
  step: MessageContext,
  tokenId: string,
): Promise<TokenAuthorization> {
  const stored = await readToken(step.database, step.charger.operatorId, tokenId);
  return (await authorizePresented(step, tokenId, stored, step.now)).authorization;
}
