const form = /^[A-Z]{2}\*?[A-Z0-9]{3}\*?E[A-Z0-9](?:\*?[A-Z0-9])*$/i;

/** Longest id that OCPI takes. */
const mostCharacters = 48;

/**
 * True for text that can be the id of an EVSE by eMI3 and ISO 15118-2: country (2 letters), operator (3), `E` and the EVSE's
 * own characters, with or without `*` between the parts, as in `DE*ABC*E1234*1`.
 */
export const isEmi3EvseId = (text: string): boolean =>
  text.length <= mostCharacters && form.test(text);
