type Meaning = { readonly message: string; readonly refused: boolean };

const meaning = (message: string): Meaning => ({ message, refused: false });
const refused = (message: string): Meaning => ({ message, refused: true });

/**
 * Oddities of a record whose signature may nevertheless be right. `refused` marks what the S.A.F.E.
 * Transparenzsoftware, with which drivers check their bills, does not accept: a valid signature is then still valid, but
 * its owner must be able to say why the public tool disagrees.
 */
export const ocmfRemarks = {
  RAW_SIGNATURE: refused('The signature is r and s alone instead of DER.'),
  FORMAT_VERSION_AHEAD: refused('The record has a later format version than 1.3.'),
  FORMAT_VERSION_MISSING: refused('The record does not state its format version.'),
  MALFORMED_INTEGER: meaning(
    'An integer of the signature is not valid DER and was read as unsigned.',
  ),
  PUBLIC_KEY_APPENDED: meaning(
    'A public key is appended to the record; that alone does not make it trusted.',
  ),
  WHITESPACE_AROUND: meaning('There are spaces or line ends around the record.'),
  WHITESPACE_IN_PAYLOAD: meaning('The signed text has spaces or line ends between its fields.'),
  NOT_UTF8: meaning('The record is not UTF-8; its letters were read as ISO 8859-1.'),
  TEXT_AS_NUMBER: meaning('A text field was written as a number.'),
  FIELD_MISTYPED: meaning('A field has an unreadable type and was ignored.'),
  METER_SERIAL_MISSING: meaning('The record does not state the serial number of the meter.'),
  PAGINATION_MISSING: meaning('The record has no readable pagination.'),
  READINGS_MISSING: meaning('The record has no readings.'),
  VALUE_AS_TEXT: meaning('A reading is written as text instead of a number.'),
  VALUE_UNREADABLE: meaning('A reading is not a decimal number.'),
  UNIT_UNKNOWN: meaning('A reading has a unit that OCMF does not define.'),
  TIME_UNREADABLE: meaning('A reading has a time that cannot be read.'),
  READING_EXTENDED: meaning('A reading has fields that OCMF does not define.'),
} as const satisfies Record<string, Meaning>;

/** The code of a remark. */
export type OcmfRemark = keyof typeof ocmfRemarks;

/** The remarks, of those given, because of which the Transparenzsoftware does not accept a record. */
export const refusedByTransparenzsoftware = (
  remarks: readonly OcmfRemark[],
): readonly OcmfRemark[] => remarks.filter((remark) => ocmfRemarks[remark].refused);
