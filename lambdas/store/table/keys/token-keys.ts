import { normalizeTokenId } from '../../../../core/token/normalize-token-id.ts';
import type { Key } from './key.ts';
import { shortened } from './shortened.ts';

/** Bytes of a token's id in a key. OCPP allows 20 (36 since 2.0.1); DynamoDB refuses more than 2048 in all. */
const mostTokenBytes = 512;

/** The id of a token, or another text of its length, as part of a key. */
export const tokenPart = (form: string): string => shortened(form, mostTokenBytes);

/** An RFID tag or app user; ids are compared case-insensitively. */
export const tokenItemKey = (operatorId: string, tokenId: string): Key => ({
  pk: `TOKEN#${operatorId}#${tokenPart(normalizeTokenId(tokenId))}`,
  sk: 'TOKEN',
});
