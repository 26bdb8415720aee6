const hexDigits = /^(?:[0-9a-f]{2})+$/i;

const decodeHex = (text: string): string =>
  text.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));

const encodeHex = (text: string): string =>
  [...text].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');

/**
 * The texts that a password may have been registered as when a charger sends it so, the likeliest first. OCPP 1.6 sets an
 * AuthorizationKey as hexadecimal digits, and chargers send the digits or the bytes that they encode, whichever of the
 * two was registered. `sent` has one character for each byte.
 */
export const passwordForms = (sent: string): readonly string[] => [
  ...new Set([
    sent,
    ...(hexDigits.test(sent) ? [decodeHex(sent), sent.toLowerCase(), sent.toUpperCase()] : []),
    encodeHex(sent),
    encodeHex(sent).toUpperCase(),
  ]),
];
