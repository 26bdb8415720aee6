import * as z from 'zod';
import type { CorrectionChoice } from '../../../core/cdr/compute/cdr-correction.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { timeText } from '../common-schemas.ts';
import { id } from '../forms.ts';
import { DecidedBySchema } from './evidence-schema.ts';

const reason = z.string().trim().min(1).max(500).meta({
  description: 'It is sealed with the credit, and shown on receipts.',
});

/** An operator's correction of a sealed CDR: another tariff, or nothing to pay. */
export const CorrectionForm = z.union([
  z.strictObject({
    reason,
    tariffId: id(64),
    tariffVersion: z
      .int()
      .min(1)
      .nullish()
      .meta({ description: 'By default the version in force at the start of the session.' }),
  }),
  z.strictObject({ reason, credit: z.literal(true) }),
]);

/** Reads a form as the correction that it states. */
export const correctionOf = (form: z.infer<typeof CorrectionForm>): CorrectionChoice =>
  'credit' in form
    ? { kind: 'credit', reason: form.reason }
    : omitUndefined({
        kind: 'tariff',
        reason: form.reason,
        tariffId: form.tariffId,
        tariffVersion: form.tariffVersion ?? undefined,
      });

/** A correction as it was ordered; it is carried out within seconds. */
export const CorrectionSchema = z
  .strictObject({
    cdrId: z.string().meta({ description: 'The CDR that is corrected.' }),
    sessionId: z.string(),
    reason: z.string(),
    tariffId: z.string().optional(),
    tariffVersion: z.int().optional(),
    credit: z.literal(true).optional(),
    creditCdrId: z.string().meta({ description: 'The credit, once it is sealed.' }),
    newCdrId: z.string().nullable().meta({
      description: 'The CDR that replaces the corrected one, once it is sealed; null without one.',
    }),
    decidedAt: timeText,
    decidedBy: DecidedBySchema,
  })
  .meta({ id: 'CdrCorrection' });
