import * as z from 'zod';
import type { MeterKeyTerms } from '../../core/ocmf/meter-key.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { time, whole } from './forms.ts';

/** What an operator says of a public key of a meter that is to be registered. */
export const MeterKeyForm = z
  .strictObject({
    publicKey: z.string().trim().min(1).max(2500),
    encoding: z.enum(['hex', 'base64']).nullish(),
    connectorId: whole(999)
      .refine((number) => number > 0, { message: 'Connectors are numbered from 1.' })
      .nullish(),
    meterSerial: z.string().trim().min(1).max(100).nullish(),
    validFrom: time.nullish(),
    validUntil: time.nullish(),
  })
  .refine(({ validFrom, validUntil }) => !validFrom || !validUntil || validFrom < validUntil, {
    path: ['validUntil'],
    message: 'validUntil must be later than validFrom.',
  });

/** The key of a valid form; what is null counts as not given. */
export const meterKeyTermsOf = (form: z.infer<typeof MeterKeyForm>): MeterKeyTerms =>
  omitUndefined({
    publicKey: form.publicKey,
    encoding: form.encoding ?? undefined,
    connectorId: form.connectorId ?? undefined,
    meterSerial: form.meterSerial ?? undefined,
    validFrom: form.validFrom ?? undefined,
    validUntil: form.validUntil ?? undefined,
  });
