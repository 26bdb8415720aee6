import * as z from 'zod';
import { uptimeDefinitions } from '../../../core/uptime/uptime-definition.ts';
import { decimalText, timeText } from '../common-schemas.ts';

const minutes = z.number();

/** The uptime of a charger's connectors by a definition. */
export const UptimeSchema = z
  .strictObject({
    chargerId: z.string(),
    locationId: z.string().nullable(),
    maxPowerKw: z.number().nullable(),
    definition: z.enum(uptimeDefinitions),
    thresholdPercent: decimalText,
    from: timeText.meta({
      description:
        'Begin of the window, or when the charger was commissioned, or else registered, where that is later.',
    }),
    to: timeText.meta({
      description:
        'End of the window, or now where that is earlier; `from` where the charger was not there yet, or the window has not begun.',
    }),
    connectors: z.array(
      z.strictObject({
        evseId: z.int(),
        connectorId: z.int(),
        uptimePercent: decimalText.nullable().meta({
          description: '3 decimals, rounded down; null where nothing is known of the window.',
        }),
        isReached: z.boolean().nullable(),
        countedMinutes: minutes,
        outageMinutes: minutes.meta({ description: 'What was excluded of it is included.' }),
        excludedMinutes: minutes,
        leftOutMinutes: minutes,
      }),
    ),
  })
  .meta({ id: 'Uptime' });
