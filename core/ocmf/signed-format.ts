/** The formats in which meters sign. Only OCMF is verified; the others are known by sight and kept as they are. */
export type SignedFormat = 'ocmf' | 'alfen' | 'edl' | 'mennekes' | 'pcdf' | 'unknown';

const names: readonly (readonly [RegExp, SignedFormat])[] = [
  [/ocmf/i, 'ocmf'],
  [/alfen/i, 'alfen'],
  // Before EDL: `EDL40 Mennekes` is Mennekes' own.
  [/mennekes/i, 'mennekes'],
  [/edl|sml|emoc/i, 'edl'],
  [/pcdf/i, 'pcdf'],
];

/** The format that a name means, as in `encodingMethod` of OCPP, `encoding_method` of OCPI or `format` of an XML. */
export const formatOfName = (name: string | undefined): SignedFormat | undefined =>
  names.find(([shape]) => shape.test(name ?? ''))?.[1];

/** The format that a text shows itself to be: `OCMF|…`, Alfen's `AP;…`, Mennekes' `<Billing>`, `(…)(SG:…)` of PCDF. */
export const formatOfText = (text: string): SignedFormat | undefined => {
  const start = text.trimStart().slice(0, 4096);
  if (start.startsWith('OCMF|')) return 'ocmf';
  if (/^AP;\d/.test(start)) return 'alfen';
  if (/^(?:<\?xml[^>]*>\s*)?<(?:\w+:)?Billing\b/.test(start)) return 'mennekes';
  return start.startsWith('(') && text.includes('(SG:') ? 'pcdf' : undefined;
};
