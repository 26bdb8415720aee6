/** The tokens, as hashes, that a partner may call us with. */
export type AcceptedTokens = {
  /** Token A of an invitation: valid for versions and credentials only, and only until the first token C was used. */
  readonly invitation?: string;
  /** The token that the partner used last. */
  readonly current?: string;
  /** A token that was sent in an answer of which nobody knows whether it arrived. */
  readonly next?: string;
};

/** The use of a token: which one it was, and the tokens accepted from then on. */
export type TokenUse =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'known';
      readonly as: 'invitation' | 'current' | 'next';
      readonly tokens: AcceptedTokens;
    };

/** Gives a partner another token. The ones before stay valid: should the answer be lost, the partner is not locked out. */
export const offerToken = (tokens: AcceptedTokens, hash: string): AcceptedTokens => ({
  ...tokens,
  next: hash,
});

/** Judges a call by the hash of its token. The first call with a new token ends the ones before it. */
export const useToken = (tokens: AcceptedTokens, hash: string): TokenUse => {
  if (hash === tokens.next) return { kind: 'known', as: 'next', tokens: { current: hash } };
  if (hash === tokens.current) return { kind: 'known', as: 'current', tokens };
  return hash === tokens.invitation
    ? { kind: 'known', as: 'invitation', tokens }
    : { kind: 'unknown' };
};

/** Says whether a token may be used on a module: token A only on versions and credentials. */
export const mayUseModule = (as: 'invitation' | 'current' | 'next', module: string): boolean =>
  as !== 'invitation' || module === 'versions' || module === 'credentials';
