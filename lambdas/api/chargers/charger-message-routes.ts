import * as z from 'zod';
import { refused } from '../../http/answer.ts';
import { type ChargerMessage, listChargerMessages } from '../../store/readings/charger-messages.ts';
import { type ApiRoute, listRoute } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { id, queryTime } from '../forms.ts';
import { readOwnCharger } from './read-own-charger.ts';

const ChargerMessageSchema = z
  .strictObject({
    receivedAt: timeText,
    ocppVersion: z.string(),
    action: z.string(),
    raw: z.string().meta({
      description:
        'The payload, exactly as the charger sent it, without passwords and other secrets.',
    }),
    furtherLeftOut: z.literal(true).optional().meta({
      description: 'The charger sent more on this day (UTC) than is kept: what came later is not.',
    }),
  })
  .meta({ id: 'ChargerMessage' });

const messageView = ({ protocol, furtherLeftOut, ...message }: ChargerMessage) => ({
  ...message,
  ocppVersion: protocol.replace('ocpp', ''),
  ...(furtherLeftOut === undefined ? {} : { furtherLeftOut }),
});

/** The later of two times, ISO 8601 in UTC. */
const later = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

/** The call about what a charger said beside its sessions. */
export const chargerMessageRoutes: readonly ApiRoute[] = [
  listRoute({
    path: '/chargers/{chargerId}/messages',
    summary:
      'Lists what a charger sent beside its sessions in the last 30 days, as in events, reports and notices of firmware; the latest come first.',
    scope: 'chargers:read',
    filters: {
      action: id(50).optional(),
      from: queryTime.optional(),
      to: queryTime.optional(),
    },
    item: ChargerMessageSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path, query, page }) => {
      const charger = await readOwnCharger(caller, path.chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const { items, next } = await listChargerMessages(
        caller.database,
        charger.chargerKey,
        {
          actions: query.action === undefined ? undefined : [query.action],
          // Older messages are of a deleted charger that had this id.
          from: later(query.from, charger.renewedAt),
          to: query.to,
        },
        page,
      );
      return { items: items.map(messageView), next };
    },
  }),
];
