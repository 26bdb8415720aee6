import { firstConnectorOf, isPossibleConnector } from '../../../core/charger/connector-ref.ts';
import type { PlaceTariffs } from '../../../core/charger/place-tariffs.ts';
import { isRegistered } from '../../../core/location/evse-facts.ts';
import type { Anomaly } from '../../../core/metering/model/anomaly.ts';
import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import type { TransactionLimit } from '../../../core/ocpp/answer.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { mayStartWithoutPlace } from '../../../core/ocpp/protocol.ts';
import { pricesFor } from '../../../core/session/paid-tariff.ts';
import { noToken, type PresentedToken, presentToken } from '../../../core/session/present-token.ts';
import type { PriceList } from '../../../core/session/price-list.ts';
import type { SessionStarted } from '../../../core/session/session-event.ts';
import type { TransactionPart } from '../../../core/session/transaction-part.ts';
import type { TokenAuthorization } from '../../../core/token/authorize-token.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { storableRegister } from '../../billing/storable-register.ts';
import type { ChargerContext } from '../../connection/charger-context.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import type { StoredToken } from '../../store/operators/tokens.ts';
import { type MessageContext, receivedAt } from '../message-context.ts';
import { connectorOfStart, isPlaced } from './connector-of-start.ts';

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

/** The transaction of a start, and the session that it is: its part where the id is that of other transactions, too. */
export type Transaction = {
  readonly transactionId: string;
  readonly sessionId: string;
  readonly part?: TransactionPart;
  /** Notes on the session before about starts that are of this one. */
  readonly noted?: readonly Anomaly[];
};

/** A start as the event that makes its session, with all that is known of it. `previousSessionId` is the session that was on the connector before. */
export function startedEvent(
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
