import { isStartButton } from '../../../token/start-button-token.ts';
import type { IdTokenType } from '../../generated/v201/request-start-transaction-request.js';

/** The numbers of RFID cards: 4, 7 or 10 bytes as hexadecimal digits. */
const cardNumber = /^(?:[0-9a-f]{8}|[0-9a-f]{14}|[0-9a-f]{20})$/i;

/**
 * Writes IdTokenType (OCPP 2.0.1 part 2 section 2.27): a token that looks like the number of an RFID card is one, any other
 * was given out by us. The one of the start button is written as chargers write it.
 */
export const idToken = (tokenId: string): IdTokenType =>
  isStartButton(tokenId)
    ? { idToken: '', type: 'NoAuthorization' }
    : { idToken: tokenId, type: cardNumber.test(tokenId) ? 'ISO14443' : 'Central' };
