import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { readJsonLiterals } from '../../../core/units/json-literals.ts';
import type { Golden } from './golden-document.ts';

/** The party of the documents that are golden. */
export const owner = { countryCode: 'DE', partyId: 'JNA' };

const pair = allTranslators['2.2.1'].cdr;
if (pair === undefined) throw new Error('2.2.1 has CDRs');

/** The words that such a CDR is said in. */
export const spoken = { pair, context: { owner }, version: '2.2.1' } as const;

/** A CDR of 2.2.1 as it is read. */
export const receivedCdr = (document: Golden): PartnerCdr => {
  const read = readJsonLiterals(JSON.stringify(document));
  const literal = read.kind === 'json' ? read.value : null;
  const sent = pair.from(literal, { owner });
  if (sent.kind !== 'received') throw new Error('not a CDR');
  return sent.value;
};
