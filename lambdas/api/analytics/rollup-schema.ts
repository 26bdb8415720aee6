import * as z from 'zod';
import { decimalText, MoneySchema } from '../common-schemas.ts';

/** The sums of a group as they are answered. */
export const RollupSchema = z
  .strictObject({
    group: z
      .string()
      .meta({ description: 'The day (YYYY-MM-DD), the month (YYYY-MM), or the id of the group.' }),
    currency: z.string(),
    sessions: z.int().meta({ description: 'Sealed CDRs less credits.' }),
    energyKwh: z.number(),
    revenue: MoneySchema,
    occupiedSeconds: z.number().meta({ description: 'From the start to the end of each session.' }),
    chargingSeconds: z.number(),
    idleSeconds: z.number(),
  })
  .meta({ id: 'Rollup' });

/** The sums of a charger as they are answered. */
export const ChargerRollupSchema = RollupSchema.extend({
  utilisationPercent: decimalText.nullable().meta({
    description:
      'Occupied time over that of all connectors, from the begin of the month, or when it was commissioned or else registered, until its end or now; null where no connectors were registered.',
  }),
}).meta({ id: 'ChargerRollup' });

/** A month of a location as it is answered. */
export const LocationMonthSchema = z
  .strictObject({
    locationId: z.string(),
    month: z.string(),
    chargers: z.int().meta({ description: 'Those that belong to it now.' }),
    connectors: z.int().meta({ description: 'Those that its chargers are registered with.' }),
    utilisationPercent: decimalText.nullable().meta({
      description:
        'Occupied time over that of all connectors of its chargers, each from the begin of the month, or when its charger was commissioned or else registered, until its end or now; null where no connectors were registered.',
    }),
    sums: z.array(RollupSchema).meta({ description: 'One for each currency.' }),
  })
  .meta({ id: 'LocationMonth' });
