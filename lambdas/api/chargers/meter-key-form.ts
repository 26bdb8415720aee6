import * as z from 'zod';
import type { ConnectorRef } from '../../../core/charger/connector-ref.ts';
import type { MeterKeyTerms } from '../../../core/ocmf/meter-key.ts';
import { connectorNumbered } from '../../../core/ocpp/v16/connector-numbered.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { time } from '../../http/time-form.ts';
import { whole } from '../forms.ts';

const counted = whole(999).refine((number) => number > 0, {
  message: 'EVSEs and connectors count from 1.',
});

/** The registration data of a meter's public key. */
export const MeterKeyForm = z
  .strictObject({
    publicKey: z.string().trim().min(1).max(2500),
    encoding: z.enum(['hex', 'base64']).nullish(),
    /** Of a charger with OCPP 1.6 the connector alone. */
    evseId: counted.nullish(),
    connectorId: counted.nullish(),
    meterSerial: z.string().trim().min(1).max(100).nullish(),
    validFrom: time.nullish(),
    validUntil: time.nullish(),
  })
  .refine(({ validFrom, validUntil }) => !validFrom || !validUntil || validFrom < validUntil, {
    path: ['validUntil'],
    message: 'validUntil must be later than validFrom.',
  })
  .refine(({ evseId, connectorId }) => !evseId || connectorId, {
    path: ['connectorId'],
    message: 'An evseId needs a connectorId.',
  });

const connectorOf = ({
  evseId,
  connectorId,
}: z.infer<typeof MeterKeyForm>): ConnectorRef | undefined => {
  if (!connectorId) return undefined;
  return evseId ? { evseId, connectorId } : connectorNumbered(connectorId);
};

/** The key of a valid form; what is null counts as not given. */
export const meterKeyTermsOf = (form: z.infer<typeof MeterKeyForm>): MeterKeyTerms =>
  omitUndefined({
    publicKey: form.publicKey,
    encoding: form.encoding ?? undefined,
    connector: connectorOf(form),
    meterSerial: form.meterSerial ?? undefined,
    validFrom: form.validFrom ?? undefined,
    validUntil: form.validUntil ?? undefined,
  });
