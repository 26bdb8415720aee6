/** A token's id in the form in which it is compared and stored: case and surrounding blanks do not matter. */
export const normalizeTokenId = (tokenId: string): string => tokenId.trim().toUpperCase();
