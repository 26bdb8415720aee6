import * as z from 'zod';
import { MoneySchema } from '../common-schemas.ts';

/** The sums of a group as they are answered. */
export const RollupSchema = z
  .strictObject({
    group: z.string().meta({ description: 'The day (YYYY-MM-DD), or the id of the group.' }),
    currency: z.string(),
    sessions: z.int().meta({ description: 'Sealed CDRs less credits.' }),
    energyKwh: z.number(),
    revenue: MoneySchema,
    occupiedSeconds: z.number().meta({ description: 'From the start to the end of each session.' }),
    chargingSeconds: z.number(),
    idleSeconds: z.number(),
  })
  .meta({ id: 'Rollup' });
