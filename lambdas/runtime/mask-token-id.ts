/** A token's id as logs may show it: enough to find it again with the driver's help, not enough to use it. */
export const maskTokenId = (tokenId: string): string =>
  tokenId.length < 8 ? '…' : `${tokenId.slice(0, 2)}…${tokenId.slice(-2)}`;
