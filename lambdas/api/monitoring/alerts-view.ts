import * as z from 'zod';
import { alertKinds } from '../../../core/monitoring/alerts.ts';
import { timeText } from '../common-schemas.ts';

/** A charger that somebody may have to look after. */
export const ChargerAlertsSchema = z
  .strictObject({
    chargerId: z.string(),
    locationId: z.string().nullable(),
    alerts: z.array(
      z.strictObject({
        kind: z.enum(alertKinds),
        since: timeText,
        evseId: z.int().nullable(),
        connectorId: z.int().nullable(),
        sessionId: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ChargerAlerts' });

/** Such a charger as a call answers it. */
export type ChargerAlerts = z.output<typeof ChargerAlertsSchema>;
