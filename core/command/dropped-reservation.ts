import { type ConnectorRef, isAbout } from '../charger/connector-ref.ts';
import { isJsonObject } from '../ocpp/json-object.ts';
import { parseJson } from '../ocpp/rpc/parse-json.ts';
import type { Session } from '../session/session.ts';
import { type KnownReservation, knownReservations } from './known-reservations.ts';
import type { TimedCommand } from './log-uploads.ts';

/** The reservation that a charger dropped, by its number or by its connector that is free again; `at` is ISO 8601 in UTC. */
export type Dropped = { readonly at: string } & ({ readonly number: number } | ConnectorRef);

/** The number of the reservation that a ReservationStatusUpdate of OCPP 2 says has ended; undefined where it names none. */
export function numberOfEnded(raw: string): number | undefined {
  const payload = parseJson(raw)?.value;
  const number = isJsonObject(payload) ? payload['reservationId'] : undefined;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

const isMeant = (dropped: Dropped, { reservationId, connector }: KnownReservation): boolean =>
  'number' in dropped ? reservationId === dropped.number : isAbout(connector, dropped);

/** A charger may say that a reservation is gone before it answers the command that took it back. */
const isBeingCancelled = (commands: readonly TimedCommand[], reserved: number): boolean =>
  commands.some(
    ({ request, finishedAt }) =>
      request.type === 'cancel-reservation' &&
      request.reservationId === reserved &&
      finishedAt === undefined,
  );

/** The command that made a reservation which its charger dropped; `isBeingCancelled`: whether that was asked of it is known only at the end of a cancellation. */
export type DroppedReservation<One> = {
  readonly command: One;
  readonly isBeingCancelled: boolean;
};

/**
 * Finds the reservation that a charger dropped, if it was in force until then: nobody used it or took it back, and its time was not over.
 * `commands` are the charger's, the latest first; those made after the drop change nothing.
 */
export function droppedReservation<One extends TimedCommand>(
  commands: readonly One[],
  sessions: readonly Session[],
  dropped: Dropped,
): DroppedReservation<One> | undefined {
  const before = commands.filter(({ createdAt }) => createdAt <= dropped.at);
  const around = { messages: [], connectors: [], sessions, now: dropped.at };
  const known = knownReservations(before, around).find((one) => isMeant(dropped, one));
  // One that was refused to be cancelled, because the charger has it no more, was dropped.
  if (known === undefined || !['active', 'removed'].includes(known.state)) return undefined;
  const { reservationId, reservedAt } = known;
  const command = before.find(
    ({ request, finishedAt }) =>
      request.type === 'reserve' &&
      request.reservationId === reservationId &&
      finishedAt === reservedAt,
  );
  return command && { command, isBeingCancelled: isBeingCancelled(before, reservationId) };
}
