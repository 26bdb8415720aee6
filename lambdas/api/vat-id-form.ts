import * as z from 'zod';
import { checkVatNumber } from '../../core/payment/check-vat-number.ts';

/** A VAT number in the form of its country, where its country is one that we know. */
export const vatIdForm = z
  .string()
  .trim()
  .min(4)
  .max(20)
  .refine((text) => checkVatNumber(text) !== 'malformed', {
    message: 'The value does not have the form of a VAT number of its country.',
  });
