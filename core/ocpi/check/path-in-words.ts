import type { OcpiVersion } from '../translators.ts';

/** Fields of a CDR by our names, and where a partner finds them in the document that it sent. */
type Words = readonly (readonly [RegExp, string])[];

const of221: Words = [
  [/^location\b/, 'cdr_location'],
  [/\.exclVat$/, '.excl_vat'],
];

const words: Readonly<Record<OcpiVersion, Words>> = {
  '2.1.1': [
    [/^cdrToken\..*/, 'auth_id'],
    [/^location\.evseUid$/, 'location.evses[0].uid'],
    [/^(totalCost)\..*/, '$1'],
    // It names neither a session nor the CDR that it takes back: it is about the CDR itself.
    [/^(?:sessionId|creditReferenceId)$/, 'id'],
  ],
  '2.2.1': of221,
  '2.3.0': [[/\.exclVat$/, '.before_taxes'], [/\.inclVat$/, '.taxes'], ...of221],
};

/** The path of a field of a CDR by our names, as in `totalCost.exclVat`, in the words of a version, as in `total_cost.before_taxes`. */
export const pathInWords = (path: string, version: OcpiVersion): string =>
  words[version]
    .reduce((said, [ours, theirs]) => said.replace(ours, theirs), path)
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
