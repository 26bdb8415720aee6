import { normalizeTokenId } from './normalize-token-id.ts';

/**
 * True if a token belongs to the group whose tokens stop the sessions of all others and begin none (OCPP 2.0.1 use case C16); `group` is
 * that group, undefined where an operator has none.
 */
export const isMasterPass = (
  token: { readonly parentTokenId?: string } | undefined,
  group: string | undefined,
): boolean =>
  group !== undefined &&
  token?.parentTokenId !== undefined &&
  normalizeTokenId(token.parentTokenId) === normalizeTokenId(group);
