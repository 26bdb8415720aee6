import {
  type ConnectorRef,
  firstConnectorOf,
  isPossibleConnector,
  isSameConnector,
  isWholeEvse,
} from '../../../core/charger/connector-ref.ts';
import type { PlaceTariffs } from '../../../core/charger/place-tariffs.ts';
import { isRegistered } from '../../../core/location/evse-facts.ts';
import type { Anomaly } from '../../../core/metering/model/anomaly.ts';
import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import { pastTimeOf } from '../../../core/metering/points/charger-time.ts';
import type { Answers, TransactionLimit } from '../../../core/ocpp/answer.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { mayStartWithoutPlace } from '../../../core/ocpp/protocol.ts';
import { applySessionEvent } from '../../../core/session/apply-session-event.ts';
import {
  followsEndOf,
  isAnotherTransaction,
} from '../../../core/session/is-another-transaction.ts';
import { pricesFor } from '../../../core/session/paid-tariff.ts';
import {
  noToken,
  ownTokenOf,
  type PresentedToken,
  presentToken,
} from '../../../core/session/present-token.ts';
import type { PriceList } from '../../../core/session/price-list.ts';
import type { Session } from '../../../core/session/session.ts';
import type { SessionStarted } from '../../../core/session/session-event.ts';
import type { TransactionPart } from '../../../core/session/transaction-part.ts';
import type { TokenAuthorization } from '../../../core/token/authorize-token.ts';
import { tokenStatusOf } from '../../../core/token/token-status-of.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { storableRegister } from '../../billing/storable-register.ts';
import type { ChargerContext } from '../../connection/charger-context.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import { type Opened, openSessionOn } from '../../store/chargers/connectors.ts';
import type { StoredToken } from '../../store/operators/tokens.ts';
import { applyToSession } from '../../store/sessions/apply-to-session.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import { insertSession, type SessionPlace } from '../../store/sessions/sessions.ts';
import { type MessageContext, receivedAt, sessionPlaceOf } from '../message-context.ts';
import { storableConnector } from './storable-connector.ts';

type Start = EventOf<'sessionStarted'>;

/** The facts about a start that is stored, whatever id it gets. */
export type StartFacts = {
  readonly token?: StoredToken;
  /** The tariffs that its driver pays instead of those of places. */
  readonly prices?: PriceList;
  readonly authorization: TokenAuthorization;
  /** The limit that the charger is given for it. */
  readonly limit?: TransactionLimit;
  /** The terms that are registered; those that the charger connected with where it was deleted since. */
  readonly terms: Pick<ChargerContext, 'timeZone' | 'tariffId' | 'maxPowerW' | 'locationId'>;
  /** The tariffs by connector, where some have their own and the start does not name one. */
  readonly tariffs?: PlaceTariffs | undefined;
  /** The connectors that it is registered with, by their number or one by one. */
  readonly registered?: Pick<Charger, 'connectors' | 'evses'>;
  /** The token that was presented for the session before its start arrived, where that names none. */
  readonly presented?: PresentedToken;
  /** The charger's time, ISO 8601 in UTC. */
  readonly at: string;
};

/**
 * Outcome of a start under a transaction id: the session that it began, now or before, and what to answer; or nothing,
 * because another start has the id. Then `previous` is the session that was on the connector before this start.
 */
export type Begun =
  | {
      readonly kind: 'begun';
      readonly answer: Answers['sessionStarted'];
      readonly sessionId: string;
      readonly isNew: boolean;
      /** Our answer about a token that was presented before this start, which names none. */
      readonly presented?: Answers['sessionStarted']['authorization'];
    }
  | {
      readonly kind: 'taken';
      readonly previous: string | undefined;
      /** The session of the other start. */
      readonly standing: StoredSession;
    };

/** The transaction of a start, and the session that it is: its part where the id is that of other transactions, too. */
export type Transaction = {
  readonly transactionId: string;
  readonly sessionId: string;
  readonly part?: TransactionPart;
  /** Notes on the session before about starts that are of this one. */
  readonly noted?: readonly Anomaly[];
};

/**
 * Begins the session of a transaction, or finds the one that this very start began before. `known` is the session that was
 * on the connector before this start, as far as an attempt with another id has found it.
 */
export async function beginSession(
  step: MessageContext,
  event: Start,
  facts: StartFacts,
  transaction: Transaction,
  known?: string,
): Promise<Begun> {
  const { chargerKey } = step.charger;
  const { transactionId, sessionId: id } = transaction;
  const opened: Opened = isPlaced(event)
    ? await openSessionOn(step.database, chargerKey, connectorOfStart(event), {
        sessionId: id,
        startedAt: pastTimeOf(event.timestamp, step.now, step.charger.timeZone),
      })
    : { kind: 'opened' };
  const before = known ?? opened.previousSessionId;
  // A start of the session that runs there already.
  const previous = before === id ? undefined : before;
  const started = startedEvent(step, event, facts, transaction, previous);
  const kept = await keepStart(step, event, started, {
    opened,
    isKnown: transaction.part !== undefined,
    authorization: facts.authorization,
    place: omitUndefined({ ...sessionPlaceOf(step), locationId: facts.terms.locationId }),
  });
  if (kept.kind === 'taken') {
    // The session before the other start does not concern this one.
    return { ...kept, previous: opened.kind === 'opened-before' ? undefined : previous };
  }
  const authorization = { ...facts.authorization, status: kept.status };
  const begun = { kind: 'begun', sessionId: id, isNew: kept.isNew } as const;
  // Nothing is said about a token that nobody has presented, or that was answered when somebody did.
  if (event.tokenId === undefined) {
    const presented = started.start.tokenId === '' ? undefined : { status: kept.status };
    return omitUndefined({ ...begun, answer: { transactionId }, presented });
  }
  const answer = omitUndefined({ transactionId, authorization, limit: facts.limit });
  return { ...begun, answer };
}

function startedEvent(
  step: MessageContext,
  event: Start,
  { token, prices, presented, authorization, terms, tariffs, registered, at }: StartFacts,
  { transactionId, sessionId, part, noted = [] }: Transaction,
  previousSessionId: string | undefined,
): SessionStarted {
  const { operatorId, chargerId, protocol, showsRunningCost } = step.charger;
  const { timeZone, tariffId, maxPowerW } = terms;
  const { remoteStartId, reservationId } = event;
  const meterStart = storableRegister(event.meterStart);
  const tariffIds = pricesFor(
    { ...terms, ...(tariffs && { tariffs }) },
    presented?.tariffIds ?? prices,
  );
  return {
    kind: 'started',
    identity: {
      sessionId,
      operatorId,
      chargerId,
      ...connectorOfStart(event),
      transactionId,
      protocol,
      timeZone,
      ...(maxPowerW === undefined ? {} : { maxPowerW }),
    },
    start: presentToken(
      {
        startedAt: event.timestamp ?? at,
        receivedAt: receivedAt(step),
        tokenId: event.tokenId ?? '',
        authorization: event.tokenId === undefined ? noToken : authorization.status,
        ...omitUndefined({
          meterStart,
          isContinued: event.isContinued,
          accountId: token?.accountId,
          promoCode: token?.promoCode,
          tariffIds,
        }),
      },
      presented && withPrices(presented, tariffIds),
    ),
    anomalies: [...noticed(event, registered), ...noted],
    fixed: omitUndefined({
      tariffId,
      tariffs,
      previousSessionId,
      remoteStartId,
      reservationId,
      // OCPP 1.6 has no words for it.
      showsRunningCost: mayStartWithoutPlace(protocol) ? showsRunningCost : undefined,
      part,
    }),
  };
}

/** A presented token with what of its price list matters here. */
const withPrices = (
  { tariffIds: _all, ...presented }: PresentedToken,
  tariffIds: PriceList | undefined,
): PresentedToken => (tariffIds === undefined ? presented : { ...presented, tariffIds });

/** A start on a connector that the charger cannot have, or has not by its registration, happened elsewhere or not at all. */
function noticed(
  event: Start,
  { connectors = Infinity, evses = [] }: NonNullable<StartFacts['registered']> = {},
): readonly Anomaly[] {
  if (!isPlaced(event)) return [];
  const place = firstConnectorOf(event);
  const { evseId, connectorId } = place;
  const isPossible = isPossibleConnector(place) && evseId > 0 && connectorId > 0;
  const isOfMany = evseId <= connectors && connectorId <= connectors;
  if (isPossible && (evses.length > 0 ? isRegistered(evses, place) : isOfMany)) return [];
  const of = evses.length > 0 || connectors === Infinity ? '' : ` of ${connectors} registered`;
  const where = evseId === connectorId ? '' : ` of EVSE ${evseId}`;
  const detail = `The start names connector ${connectorId}${where}${of}.`;
  return [anomalyOf('CONNECTOR_UNKNOWN', event.timestamp, detail)];
}

/** The connector that a start is on; of an EVSE that names none its first, until another message names one. */
export const connectorOfStart = (event: Start): ConnectorRef =>
  firstConnectorOf(storableConnector(event));

/** A start that does not say where it is, or only on which EVSE, is that of a session which is known better by now. */
const isThere = (session: Session, event: Start): boolean =>
  !isPlaced(event) ||
  isSameConnector(session, storableConnector(event)) ||
  (isWholeEvse(event) && session.evseId === event.evseId);

/**
 * The same start: what the charger said is the same, whatever we know of token and tariff by now. Without a time that can be, a start
 * of the same content is another one as soon as the first has come to its end.
 */
export const isRepetition = ({ now }: MessageContext, session: Session, event: Start): boolean =>
  isThere(session, event) &&
  session.start?.meterStart === storableRegister(event.meterStart) &&
  session.start !== undefined &&
  ownTokenOf(session.start).toUpperCase() === (event.tokenId ?? '').toUpperCase() &&
  (event.timestamp === undefined || session.start.startedAt === event.timestamp) &&
  !followsEndOf(session, event.timestamp, now);

type Status = TokenAuthorization['status'];

/** The session that a start makes: over already where a later one runs on its connector, until its own stop arrives. */
function begunSession(started: SessionStarted, opened: Opened): Session {
  const session = applySessionEvent(undefined, started);
  const { laterSessionId: by, laterStartedAt: endedAt } = opened;
  const { receivedAt: received } = started.start;
  const begun =
    by === undefined || endedAt === undefined
      ? session
      : applySessionEvent(session, { kind: 'superseded', by, endedAt, receivedAt: received });
  if (begun === undefined) throw new Error('A start makes a session');
  return begun;
}

/** From OCPP 2.x on, where the charger names its transactions, one may begin before it is known on which EVSE. */
/** True if a start names the connector that it is on. */
export const namesConnector = (event: Start): boolean => isPlaced(event) && !isWholeEvse(event);

const isPlaced = ({ transactionId, evseId }: Start): boolean =>
  transactionId === undefined || evseId !== 0;

/** The outcome of a start: `taken` when another start has the transaction id. */
type Kept =
  | { readonly kind: 'kept'; readonly status: Status; readonly isNew: boolean }
  | { readonly kind: 'taken'; readonly standing: StoredSession };

/** The sessions on the connector around a start, what is answered about its token, and where it belongs. */
type Known = {
  readonly opened: Opened;
  /** True where it is known that the start is of the session, by all starts under its transaction id. */
  readonly isKnown: boolean;
  readonly authorization: TokenAuthorization;
  readonly place: SessionPlace;
};

/** True if a start is of another session: where we give the ids, of any; otherwise where the charger gave its id once more. */
export const isAnother = ({ now }: MessageContext, event: Start, session: Session): boolean => {
  const { start, timeZone } = session;
  if (event.transactionId === undefined) return true;
  if (start === undefined) return false;
  const { timestamp: startedAt, tokenId, isContinued } = event;
  const other = omitUndefined({ startedAt, receivedAt: now, tokenId, isContinued });
  const isSame = start.startedAt === startedAt && isContinued !== true;
  return (
    (isSame && followsEndOf(session, startedAt, now)) ||
    isAnotherTransaction(start, other, timeZone)
  );
};

/** True if a start is of a session that is there: it was said before, or only the stop of the session has come. */
export const isStartOf = (step: MessageContext, event: Start, session: Session): boolean =>
  session.start === undefined ||
  isRepetition(step, session, event) ||
  !isAnother(step, event, session);

/** Keeps a start and gives the status to answer: a repetition gets the one that it got before. */
async function keepStart(
  step: MessageContext,
  event: Start,
  started: SessionStarted,
  { opened, isKnown, authorization, place }: Known,
): Promise<Kept> {
  const { database } = step;
  const given = tokenStatusOf(started.start.authorization);
  const session = begunSession(started, opened);
  const { status: _inStart, ...answered } = authorization;
  const write = await insertSession(database, session, {
    ...place,
    ...(Object.keys(answered).length > 0 && { answered }),
  });
  if (write.kind === 'written') return { kind: 'kept', status: given, isNew: true };
  const standing = write.stored;
  const begun = standing?.session.start;
  if (standing === undefined || begun === undefined) {
    await applyToSession(database, place, started, standing);
    return { kind: 'kept', status: given, isNew: true };
  }
  if (!isRepetition(step, standing.session, event)) {
    const isOther = standing.session.part !== undefined || isAnother(step, event, standing.session);
    if (isOther && !isKnown) return { kind: 'taken', standing };
    // The charger gave the id itself: it is the same session, of which it says two things.
    await applyToSession(database, place, started, standing);
    return { kind: 'kept', status: given, isNew: false };
  }
  return { kind: 'kept', status: tokenStatusOf(begun.authorization), isNew: false };
}
