import * as z from 'zod';
import { decimalText } from '../common-schemas.ts';

/** The sum of the CDRs of an invoice at one VAT rate, exact to the last digit; null where no rate, or no VAT, is known. */
export const sumOfRate = {
  vatPercent: decimalText.nullable(),
  cdrs: z.int(),
  energyKwh: decimalText,
  exclVat: decimalText,
  vat: decimalText.nullable(),
  inclVat: decimalText.nullable(),
};
