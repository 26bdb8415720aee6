import { type ConnectorRef, isAbout } from '../charger/connector-ref.ts';
import type { ConnectorStatus } from '../charger/connector-status.ts';
import { isJsonObject } from '../ocpp/json-object.ts';
import { parseJson } from '../ocpp/rpc/parse-json.ts';
import type { Session } from '../session/session.ts';
import { normalizeTokenId } from '../token/normalize-token-id.ts';
import type { CommandOf } from './command-request.ts';
import type { TimedCommand } from './log-uploads.ts';

/** A message of a charger about a reservation, as it came; `raw` is the payload as JSON, `receivedAt` ISO 8601 in UTC. */
export type ReservationMessage = { readonly receivedAt: string; readonly raw: string };

/** The message in which chargers of OCPP 2 say that a reservation has ended. */
export const reservationAction = 'ReservationStatusUpdate';

/** A connector with the status that it had last, and when that was received, ISO 8601 in UTC. */
export type LatestStatus = ConnectorRef & {
  readonly status?: ConnectorStatus;
  readonly statusReceivedAt?: string;
};

/** How a reservation stands. */
export type ReservationState =
  | 'active'
  /** A session began on it. */
  | 'used'
  /** It was cancelled by a command. */
  | 'cancelled'
  /** Its time is over, by the charger's word or by the clock. */
  | 'expired'
  /** The charger gave it up, or does not know it. */
  | 'removed'
  /** The charger has reported the connector as available since. */
  | 'released';

/** A reservation that a charger confirmed. */
export type KnownReservation = Omit<CommandOf<'reserve'>, 'type'> & {
  readonly reservedAt: string;
  readonly state: ReservationState;
  /** When it ended, ISO 8601 in UTC; absent while it is active. */
  readonly endedAt?: string;
  /** The session that used it. */
  readonly sessionId?: string;
};

/** The facts that a reservation is held against; `now` is ISO 8601 in UTC. */
export type AroundReservations = {
  readonly messages: readonly ReservationMessage[];
  readonly sessions: readonly Session[];
  readonly connectors: readonly LatestStatus[];
  readonly now: string;
};

type Ending = Required<Pick<KnownReservation, 'endedAt'>> &
  Pick<KnownReservation, 'sessionId'> & { readonly state: Exclude<ReservationState, 'active'> };
type Made = Omit<KnownReservation, 'state' | 'endedAt' | 'sessionId'>;

const madeBy = ({ request, outcome, finishedAt }: TimedCommand): readonly Made[] => {
  if (request.type !== 'reserve' || outcome?.kind !== 'accepted') return [];
  const { type: _type, ...reservation } = request;
  return finishedAt === undefined ? [] : [{ ...reservation, reservedAt: finishedAt }];
};

const cancellations = (
  { reservationId, reservedAt }: Made,
  commands: readonly TimedCommand[],
): readonly Ending[] =>
  commands.flatMap(({ request, outcome, finishedAt: endedAt }): readonly Ending[] => {
    if (request.type !== 'cancel-reservation' || request.reservationId !== reservationId) return [];
    // A number may be reserved again.
    if (endedAt === undefined || endedAt < reservedAt) return [];
    if (outcome?.kind === 'accepted') return [{ state: 'cancelled', endedAt }];
    // The only reason to refuse a cancellation is that there is no such reservation.
    return outcome?.kind === 'rejected' && outcome.reason !== 'not-supported'
      ? [{ state: 'removed', endedAt }]
      : [];
  });

const announcements = (
  { reservationId, reservedAt }: Made,
  messages: readonly ReservationMessage[],
): readonly Ending[] =>
  messages.flatMap(({ raw, receivedAt: endedAt }): readonly Ending[] => {
    const payload = parseJson(raw)?.value;
    if (!isJsonObject(payload) || payload['reservationId'] !== reservationId) return [];
    if (endedAt < reservedAt) return [];
    const state = payload['reservationUpdateStatus'] === 'Removed' ? 'removed' : 'expired';
    return [{ state, endedAt }];
  });

/** Whether something at a connector is at the place of a reservation: that connector, any of the EVSE, or any at all. */
const isThere = ({ connector }: Made, place: ConnectorRef): boolean =>
  connector.evseId === 0 || isAbout(connector, place);

/** Chargers need not name the reservation that a session uses: then its place and its token tell. */
function uses(made: Made, { reservationId, start, ...place }: Session): boolean {
  if (start === undefined || start.receivedAt < made.reservedAt) return false;
  if (reservationId !== undefined) return reservationId === made.reservationId;
  const isItsToken = normalizeTokenId(start.tokenId) === normalizeTokenId(made.tokenId);
  return isItsToken && isThere(made, place) && start.receivedAt <= made.expiresAt;
}

const usages = (made: Made, sessions: readonly Session[]): readonly Ending[] =>
  sessions
    .filter((session) => uses(made, session))
    .map(({ sessionId, start }) => ({
      state: 'used',
      endedAt: start?.receivedAt ?? made.reservedAt,
      sessionId,
    }));

/** A reserved connector says that it is reserved: one that says available is so no more. */
function releases(made: Made, connectors: readonly LatestStatus[]): readonly Ending[] {
  if (made.connector.evseId === 0) return [];
  const its = connectors.filter((one) => isThere(made, one));
  if (its.some(({ status }) => status === 'reserved')) return [];
  return its.flatMap(({ status, statusReceivedAt: endedAt = '' }): readonly Ending[] =>
    status === 'available' && endedAt > made.reservedAt ? [{ state: 'released', endedAt }] : [],
  );
}

/** Its own clock ends it where nobody said anything else. */
const expiry = ({ expiresAt }: Made, now: string): readonly Ending[] =>
  Date.parse(expiresAt) <= Date.parse(now)
    ? [{ state: 'expired', endedAt: new Date(expiresAt).toISOString() }]
    : [];

/** A connector that is free again says less than everything else: it follows from each of them. */
const rank = ({ state }: Ending): number => (state === 'released' ? 1 : 0);

/**
 * The reservations that a charger confirmed, the latest first, each with what ended it first: a session, a cancellation, the
 * charger's word, its time, and else a connector that is available again. `commands` are the charger's, the latest first.
 */
export const knownReservations = (
  commands: readonly TimedCommand[],
  { messages, sessions, connectors, now }: AroundReservations,
): readonly KnownReservation[] =>
  commands.flatMap(madeBy).map((made) => {
    const endings = [
      ...usages(made, sessions),
      ...cancellations(made, commands),
      ...announcements(made, messages),
      ...expiry(made, now),
      ...releases(made, connectors),
    ].sort((a, b) => rank(a) - rank(b) || (a.endedAt < b.endedAt ? -1 : 1));
    return { ...made, state: 'active', ...endings[0] };
  });
