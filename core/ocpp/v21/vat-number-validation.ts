import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { VatNumberValidationRequest } from '../generated/v21/vat-number-validation-request.js';
import { storableNumber } from '../storable-number.ts';

/** Reads VatNumberValidationRequest of OCPP 2.1: a driver who pays ad hoc wants an invoice to a business. */
export const toVatNumberAsked = (
  { vatNumber, evseId }: VatNumberValidationRequest,
  raw: string,
): readonly OcppEvent[] => [
  // A number that JSON has and a double has not, as 1e400, cannot go back with the answer.
  omitUndefined({
    kind: 'vatNumberAsked',
    vatNumber,
    evseId: storableNumber(evseId),
    raw,
  } as const),
];
