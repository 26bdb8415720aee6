import * as z from 'zod';
import { knownChargingProfiles } from '../../../core/command/known-charging-profiles.ts';
import { latestCommands } from '../../connection/latest-commands.ts';
import { latestSessions } from '../../connection/latest-sessions.ts';
import { done, refused } from '../../http/answer.ts';
import { readConnection } from '../../store/chargers/connections.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { readOwnCharger } from './read-own-charger.ts';

const ChargingProfilesSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({
        evseId: z.int().meta({ description: '0 for the whole charger.' }),
        connectorId: z.int(),
        profile: z
          .record(z.string(), z.unknown())
          .meta({ description: 'In the words of the command set-charging-profile.' }),
        setAt: timeText,
      }),
    ),
  })
  .meta({ id: 'ChargingProfiles' });

/** The call about the charging profiles of a charger. */
export const chargingProfileRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/chargers/{chargerId}/charging-profiles',
    summary:
      'Returns the charging profiles that a charger took by commands and that were not replaced, cleared or ended since.',
    scope: 'chargers:read',
    response: ChargingProfilesSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path }) => {
      const charger = await readOwnCharger(caller, path.chargerId);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const { database, operatorId, now } = caller;
      const { chargerKey } = charger;
      const [commands, sessions, connection] = await Promise.all([
        latestCommands(caller.database, charger),
        latestSessions(database, operatorId, chargerKey),
        readConnection(database, chargerKey),
      ]);
      if (connection === undefined) return done({ items: [] });
      const { protocol } = connection;
      const known = knownChargingProfiles(commands, { protocol, sessions, now });
      return done({
        items: known.map(({ connector, profile, setAt }) => ({ ...connector, profile, setAt })),
      });
    },
  }),
];
