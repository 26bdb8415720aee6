import * as z from 'zod';
import { timeText } from '../common-schemas.ts';

const LossSchema = z.strictObject({
  path: z.string().meta({ description: 'In our names, as in tariffs[0].idleGraceMinutes.' }),
  lost: z.string().nullable().meta({ description: 'As JSON.' }),
  instead: z.string().nullable().meta({ description: 'As JSON; null: nothing.' }),
});

/** The modules whose objects partners see. */
export const sharedModules = ['locations', 'tariffs', 'sessions', 'cdrs', 'tokens'] as const;

/** An object that a partner reads differently, or not at all. */
export const PartnerLossSchema = z
  .strictObject({
    deliveryId: z.string(),
    module: z.enum(sharedModules),
    objectId: z.string(),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why the partner does not get it at all; else null.' }),
    losses: z.array(LossSchema),
  })
  .meta({ id: 'PartnerLoss' });

const FailureSchema = z.strictObject({
  at: timeText,
  http: z.int().nullable(),
  statusCode: z.int().nullable().meta({ description: 'The status of OCPI.' }),
  message: z.string(),
});

/** The delivery of an object to a roaming partner, as it is shown. */
export const PartnerDeliverySchema = z
  .strictObject({
    deliveryId: z.string(),
    module: z.string(),
    objectId: z.string(),
    state: z.enum(['pending', 'delivered', 'failed', 'impossible', 'not-pushed']).meta({
      description:
        'failed: given up. impossible: the partner’s version has no words for it. not-pushed: the partner reads it.',
    }),
    attempts: z.int().meta({ description: 'Those that failed since the last success.' }),
    failingSince: timeText.nullable(),
    lastFailure: FailureSchema.nullable(),
    nextAttemptAt: timeText.nullable(),
    deliveredAt: timeText.nullable(),
    location: z.string().nullable().meta({ description: 'Where the partner keeps a CDR.' }),
    reason: z.string().nullable(),
    losses: z.array(LossSchema).meta({
      description:
        'What the partner reads differently, because its version has no field for it: of an object that was pushed, the first 100 differences.',
    }),
    lossesLeftOut: z.int().meta({
      description:
        'How many further ones are not kept with the delivery; GET /partners/{partnerId}/losses has all.',
    }),
  })
  .meta({ id: 'PartnerDelivery' });
