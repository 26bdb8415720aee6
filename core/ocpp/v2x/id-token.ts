import { startButtonToken } from '../../token/start-button-token.ts';
import type { IdTokenType } from '../generated/v201/transaction-event-request.js';
import type { Tolerated } from './tolerated.ts';

/**
 * The token that a message presents; undefined where it presents none. A driver who pressed the button of a charger that asks for no token
 * presents the one that stands for that (2.0.1 use case C02: the type says so, and the text is empty).
 */
export const tokenOf = (idToken: Tolerated<IdTokenType> | undefined): string | undefined => {
  if (idToken === undefined) return undefined;
  if (idToken.idToken !== '') return idToken.idToken;
  return String(idToken.type).toLowerCase() === 'noauthorization' ? startButtonToken : undefined;
};
