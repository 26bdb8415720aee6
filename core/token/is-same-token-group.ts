import { normalizeTokenId } from './normalize-token-id.ts';
import type { Token } from './token.ts';

/** A token as a charger presents it, with the group of the registered token of that id. */
export type GroupedToken = Pick<Token, 'tokenId' | 'parentTokenId'>;

const groupOf = ({ tokenId, parentTokenId }: GroupedToken): string =>
  normalizeTokenId(parentTokenId ?? tokenId);

/**
 * True if two tokens may end each other's sessions: they are the same, belong to one group, or one is the group's own
 * token (OCPP 1.6 section 4.8).
 */
export const isSameTokenGroup = (one: GroupedToken, other: GroupedToken): boolean =>
  groupOf(one) === groupOf(other);
