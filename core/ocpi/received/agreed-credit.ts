import type { PartnerCdr } from '../model/cdr.ts';
import type { Partner } from '../partner/partner.ts';
import type { OcpiVersion } from '../translators.ts';

/**
 * A CDR of a partner as the credit that it is, where it has a negative total and the partner agreed to that form: 2.1.1 has no field
 * for it, nor for the CDR that it takes back.
 */
export const agreedCredit = (
  cdr: PartnerCdr,
  version: OcpiVersion,
  { negativeCredits }: Pick<Partner, 'negativeCredits'>,
): PartnerCdr =>
  version === '2.1.1' && negativeCredits === true && cdr.totalCost.exclVat.startsWith('-')
    ? { ...cdr, credit: true }
    : cdr;
