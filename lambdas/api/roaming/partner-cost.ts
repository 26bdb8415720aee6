import * as z from 'zod';
import type { PartnerPrice } from '../../../core/ocpi/model/shared.ts';
import { decimalText } from '../common-schemas.ts';

/** Money as a partner states it, to its last digit. */
export const PartnerCostSchema = z
  .strictObject({
    currency: z.string(),
    exclVat: decimalText,
    inclVat: decimalText
      .nullable()
      .meta({ description: 'Null where the partner does not say it.' }),
  })
  .meta({ id: 'PartnerCost' });

/** Shows money of a partner. */
export const partnerCost = (currency: string, { exclVat, inclVat }: PartnerPrice) => ({
  currency,
  exclVat,
  inclVat: inclVat ?? null,
});
