import { isStartButton, startButtonToken } from '../../token/start-button-token.ts';
import type { IdTokenType } from '../generated/v201/transaction-event-request.js';
import type { Tolerated } from './tolerated.ts';

/**
 * The token that a message presents; undefined where it presents none. A driver who pressed the button of a charger that asks for no token
 * presents the one that stands for that (2.0.1 use case C02): the type alone says so. The same text of another type, as typed into a
 * keypad, is a token like any other, and none of that name.
 */
export const tokenOf = (idToken: Tolerated<IdTokenType> | undefined): string | undefined => {
  if (idToken === undefined) return undefined;
  const { idToken: text, type } = idToken;
  if (String(type).toLowerCase() === 'noauthorization') return startButtonToken;
  if (text === '') return undefined;
  return isStartButton(text.trim()) ? `${text} (${type})` : text;
};
