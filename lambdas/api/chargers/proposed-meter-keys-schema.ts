import * as z from 'zod';

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
