import * as z from 'zod';
import {
  type KnownReservation,
  knownReservations,
  reservationAction,
} from '../../../core/command/known-reservations.ts';
import { latestCommands } from '../../connection/latest-commands.ts';
import { latestSessions } from '../../connection/latest-sessions.ts';
import { done, refused } from '../../http/answer.ts';
import { connectorFrom, readChargerItems } from '../../store/chargers/connectors.ts';
import { readChargerMessages } from '../../store/readings/charger-messages.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { readOwnCharger } from './read-own-charger.ts';

const ReservationsSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({
        reservationId: z.int(),
        evseId: z.int().meta({ description: '0 where any of the charger is reserved.' }),
        connectorId: z.int().meta({ description: '0 where any of the EVSE is reserved.' }),
        connectorType: z.string().nullable(),
        tokenId: z.string(),
        parentTokenId: z.string().nullable(),
        reservedAt: timeText,
        expiresAt: timeText,
        state: z.enum(['active', 'used', 'cancelled', 'expired', 'removed', 'released']).meta({
          description:
            'removed: by the charger; released: it has reported the connector as available since.',
        }),
        endedAt: timeText.nullable(),
        sessionId: z.string().nullable().meta({ description: 'The session that used it.' }),
      }),
    ),
  })
  .meta({ id: 'Reservations' });

const view = ({ connector, ...reservation }: KnownReservation) => ({
  ...reservation,
  ...connector,
  connectorType: reservation.connectorType ?? null,
  parentTokenId: reservation.parentTokenId ?? null,
  endedAt: reservation.endedAt ?? null,
  sessionId: reservation.sessionId ?? null,
});

/** The call about the reservations of a charger. */
export const reservationRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/reservations',
    summary:
      'Returns the reservations that a charger confirmed, the latest first, each with what became of it.',
    scope: 'chargers:read',
    response: ReservationsSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path }) => {
      const charger = await readOwnCharger(caller, path.chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const { database, operatorId, now } = caller;
      const { chargerKey, renewedAt } = charger;
      const filter = { actions: [reservationAction], from: renewedAt };
      const [commands, messages, sessions, { connectors }] = await Promise.all([
        latestCommands(caller.database, charger),
        readChargerMessages(database, chargerKey, filter),
        latestSessions(database, operatorId, chargerKey),
        readChargerItems(database, chargerKey),
      ]);
      const around = { messages, sessions, connectors: connectors.map(connectorFrom), now };
      return done({ items: knownReservations(commands, around).map(view) });
    },
  }),
];
