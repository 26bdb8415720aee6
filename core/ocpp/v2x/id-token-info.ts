import { omitUndefined } from '../../units/omit-undefined.ts';
import type { Authorization } from '../answer.ts';
import type { IdTokenInfoType } from '../generated/v201/authorize-response.js';

/**
 * Writes IdTokenInfoType (OCPP 2.0.1 part 2 section 2.29). A group, also the one whose tokens stop every transaction (use case
 * C16), is a token of ours, whatever the type of the card that belongs to it.
 */
export const idTokenInfo = ({
  status,
  expiryDate,
  parentTokenId,
}: Authorization): IdTokenInfoType =>
  omitUndefined({
    status,
    cacheExpiryDateTime: expiryDate,
    groupIdToken:
      parentTokenId === undefined
        ? undefined
        : { idToken: parentTokenId, type: 'Central' as const },
  });
