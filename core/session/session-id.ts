import { contentDigest } from './content-digest.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

const base32 = (bytes: Uint8Array, length: number): string => {
  let bits = 0;
  let pending = 0;
  let text = '';
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += alphabet.charAt((pending >> bits) & 31);
    }
    pending &= (1 << bits) - 1;
  }
  return text;
};

/**
 * The id of a charger's transaction as a session: `ses_` and 26 characters, derived, so that it is known without a read.
 * `chargerKey` names the charger among those of all operators, `transactionId` the transaction's id on the wire as text.
 */
export const sessionId = (chargerKey: string, transactionId: string): string =>
  `ses_${base32(contentDigest(`${chargerKey}\n${transactionId}`), 26)}`;

/** The id of the CDR of a session: `cdr_` and the session's own 26 characters. */
export const cdrIdOf = (sessionId: string): string => `cdr_${sessionId.slice('ses_'.length)}`;
