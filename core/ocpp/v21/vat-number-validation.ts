import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { VatNumberValidationRequest } from '../generated/v21/vat-number-validation-request.js';

/** Reads VatNumberValidationRequest of OCPP 2.1: a driver who pays ad hoc wants an invoice to a business. */
export const toVatNumberAsked = (
  { vatNumber, evseId }: VatNumberValidationRequest,
  raw: string,
): readonly OcppEvent[] => [
  omitUndefined({ kind: 'vatNumberAsked', vatNumber, evseId, raw } as const),
];
