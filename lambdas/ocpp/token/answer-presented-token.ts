import { isoTimeOf } from '../../../core/metering/points/charger-time.ts';
import type { RunningCost, TransactionLimit } from '../../../core/ocpp/answer.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { pricesFor } from '../../../core/session/paid-tariff.ts';
import { ownTokenOf, type PresentedToken } from '../../../core/session/present-token.ts';
import type { PriceList } from '../../../core/session/price-list.ts';
import { sessionOfTransaction } from '../../../core/session/session-of-transaction.ts';
import type { TokenAuthorization } from '../../../core/token/authorize-token.ts';
import { isStartButton } from '../../../core/token/start-button-token.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { readRunningCost } from '../../billing/read-running-cost.ts';
import { readToken, type StoredToken } from '../../store/operators/tokens.ts';
import { applyToSession } from '../../store/sessions/apply-to-session.ts';
import { keepPresentedToken } from '../../store/sessions/presented-tokens.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import { type MessageContext, sessionPlaceOf } from '../message-context.ts';
import { type SessionOfPart, sessionOfPart } from '../session/session-of-part.ts';
import { asBeginning } from './authorize.ts';
import { authorizePresented } from './authorize-presented.ts';
import { readPriceList } from './read-price-list.ts';
import { transactionLimitOf } from './transaction-limit-of.ts';

/** The token of a session as it is kept: with our answer, and what is billed by it. */
const presentedOf = (
  tokenId: string,
  at: string,
  token: StoredToken | undefined,
  { status }: TokenAuthorization,
  tariffIds: PriceList | undefined,
): PresentedToken => ({
  at,
  tokenId,
  authorization: status,
  ...(token?.accountId === undefined ? {} : { accountId: token.accountId }),
  ...(token?.promoCode === undefined ? {} : { promoCode: token.promoCode }),
  ...(tariffIds === undefined ? {} : { tariffIds }),
});

type PresentedFor = NonNullable<EventOf<'tokenPresented'>['session']>;

/** The answer about a token, and how far its session is. */
type PresentedAnswer = {
  readonly authorization: TokenAuthorization;
  readonly running?: RunningCost;
  readonly limit?: TransactionLimit;
};

/** The answer about a token of a session, and whether that has a driver from now on who had none. */
type Presented = { readonly answer: PresentedAnswer; readonly isFirst: boolean };

/** The session that a token is presented for, whose id others may have, too. */
async function sessionFor(
  step: MessageContext,
  { transactionId, timestamp }: PresentedFor,
): Promise<SessionOfPart> {
  const id = sessionOfTransaction(step.charger.chargerKey, transactionId);
  const stored = await readSession(step.database, id, true);
  return stored === undefined ? { sessionId: id } : await sessionOfPart(step, stored, timestamp);
}

/**
 * True if a token says who charges. The button that ends a session says nothing of that: nobody was asked for a token, or somebody was of
 * whom no message has come.
 */
const isOfDriver = (tokenId: string, { hasEnded }: PresentedFor): boolean =>
  hasEnded !== true || !isStartButton(tokenId);

/**
 * Answers about a token that is presented for a session, at the time at which it was. A session that began without a token has it
 * from then on; one whose start has yet to arrive finds it then.
 */
export async function answerPresentedToken(
  step: MessageContext,
  tokenId: string,
  session: PresentedFor,
): Promise<Presented> {
  const { database, charger } = step;
  const at = isoTimeOf(session.timestamp, step.now, step.charger.timeZone);
  const stored = await readToken(database, charger.operatorId, tokenId);
  const { sessionId: id, stored: standing } = await sessionFor(step, session);
  const start = standing?.session.start;
  const authorized = await authorizePresented(step, tokenId, stored, Date.parse(at), { own: id });
  const isBeginning = start === undefined || ownTokenOf(start) === '';
  const { authorization, rest } = isBeginning ? asBeginning(step, stored, authorized) : authorized;
  const { operatorId } = charger;
  const all = await readPriceList(database, { operatorId, tokenId, stored, authorization });
  const prices = standing === undefined ? all : pricesFor(standing.session, all);
  const token = presentedOf(tokenId, at, stored, authorization, prices);
  const counts = isOfDriver(tokenId, session);
  if (start === undefined && counts) await keepPresentedToken(database, id, token);
  else if (isBeginning && counts) {
    const event = { kind: 'tokenPresented', token } as const;
    await applyToSession(database, sessionPlaceOf(step), event, standing);
  }
  // The token of a session whose start has yet to come is counted with that.
  const isFirst = counts && start?.tokenId === '';
  if (authorization.status !== 'Accepted') return { answer: { authorization }, isFirst };
  const tariffId = standing?.session.tariffId ?? charger.tariffId;
  const running = await readRunningCost(step.database, standing?.session);
  const limit = await transactionLimitOf(step, { tokenId, rest, tariffId });
  return { answer: omitUndefined({ authorization, running, limit }), isFirst };
}
