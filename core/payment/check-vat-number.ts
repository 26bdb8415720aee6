/** The form of VAT numbers after the country's prefix, by that prefix: the states of the EU (VIES), Northern Ireland, and neighbours. */
const forms: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CH: /^E\d{9}(?:MWST|TVA|IVA)?$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^[1-9]\d{8}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^(?:[A-Z]\d{8}|\d{8}[A-Z]|[A-Z]\d{7}[A-Z])$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z\d]{2}\d{9}$/,
  GB: /^(?:\d{9}|\d{12}|(?:GD|HA)\d{3})$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(?:\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(?:\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[\dA-Z+*]{9}B[\dA-Z+*]{2}$/,
  NO: /^\d{9}(?:MVA)?$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^[1-9]\d{1,9}$/,
  SE: /^\d{10}01$/,
  SI: /^[1-9]\d{7}$/,
  SK: /^[1-9]\d{9}$/,
  XI: /^(?:\d{9}|\d{12}|(?:GD|HA)\d{3})$/,
};

/** The form of a VAT number, which is all that can be said without asking anybody. */
export type VatNumberForm = 'well-formed' | 'malformed' | 'unknown-country';

/**
 * Checks the form of a VAT number. Blanks, dots, hyphens and case do not matter. Whether a business has the number only the register
 * of its country could say.
 */
export const checkVatNumber = (vatNumber: string): VatNumberForm => {
  const bare = vatNumber.toUpperCase().replaceAll(/[\s.-]/g, '');
  // Greece is EL in VAT numbers, and GR everywhere else.
  const prefix = bare.slice(0, 2) === 'GR' ? 'EL' : bare.slice(0, 2);
  const form = Object.hasOwn(forms, prefix) ? forms[prefix] : undefined;
  if (form === undefined) return 'unknown-country';
  return form.test(bare.slice(2)) ? 'well-formed' : 'malformed';
};
