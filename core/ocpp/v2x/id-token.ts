import type { IdTokenType } from '../generated/v201/transaction-event-request.js';
import type { Tolerated } from './tolerated.ts';

/** The token that a message presents; undefined where it presents none, or says that none is needed. */
export const tokenOf = (idToken: Tolerated<IdTokenType> | undefined): string | undefined =>
  idToken === undefined || idToken.idToken === '' ? undefined : idToken.idToken;
