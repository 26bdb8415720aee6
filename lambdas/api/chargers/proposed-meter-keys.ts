import * as z from 'zod';
import { knownConfiguration } from '../../../core/command/known-configuration.ts';
import { saidMeterKeys } from '../../../core/configuration/signs-readings.ts';
import { connectorOfNumber } from '../../../core/ocpp/connector-of-number.ts';
import { latestCommands } from '../../connection/latest-commands.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import { readConnection } from '../../store/chargers/connections.ts';
import { readMeterKeys } from '../../store/chargers/meter-keys.ts';
import type { Caller } from '../api-route.ts';

/** Keys that a charger proposes, each in the form in which it can be registered. */
export const ProposedMeterKeysSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({
        publicKey: z.string(),
        evseId: z.int().nullable(),
        connectorId: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'ProposedMeterKeys' });

/**
 * The public keys of meters in what a charger said of its settings, that are readable and not registered. Nothing is verified by
 * them: whoever changed a meter could have changed them too. They save typing a label, not looking at it.
 */
export async function proposedMeterKeys(caller: Caller, charger: Charger) {
  const [commands, registered, connection] = await Promise.all([
    latestCommands(caller.database, charger),
    readMeterKeys(caller.database, charger.chargerKey),
    readConnection(caller.database, charger.chargerKey),
  ]);
  const { pointOf } = await import('./meter-key-points.ts');
  const known = new Set(registered.map(pointOf));
  const protocol = connection?.protocol ?? 'ocpp1.6';
  return saidMeterKeys(knownConfiguration(commands).settings)
    .filter(({ publicKey }) => {
      const point = pointOf({ publicKey });
      return point !== '' && !known.has(point);
    })
    .map(({ publicKey, number }) => {
      const place = number === undefined ? undefined : connectorOfNumber(protocol, number);
      return {
        publicKey,
        evseId: place?.evseId ?? null,
        connectorId: place?.connectorId ?? null,
      };
    });
}
