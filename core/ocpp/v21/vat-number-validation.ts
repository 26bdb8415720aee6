import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { VatNumberValidationRequest } from '../generated/v21/vat-number-validation-request.js';

/** A number that JSON has and a double has not, as 1e400, cannot go back with the answer. */
const sendable = (number: number | undefined): number | undefined =>
  number !== undefined && Number.isSafeInteger(number) ? number : undefined;

/** Reads VatNumberValidationRequest (OCPP 2.1 use case C22): a driver who pays ad hoc wants an invoice to a business. */
export const toVatNumberAsked = (
  { vatNumber, evseId }: VatNumberValidationRequest,
  raw: string,
): readonly OcppEvent[] => [
  omitUndefined({ kind: 'vatNumberAsked', vatNumber, evseId: sendable(evseId), raw } as const),
];
