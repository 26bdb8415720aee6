/** The tokens, as hashes, that a partner may call us with. */
export type AcceptedTokens = {
  /** Token A of an invitation: valid for versions and credentials only, and only until the first token C was used. */
  readonly invitation?: string;
  /** The token that the partner used last. */
  readonly current?: string;
  /** A token that was sent in an answer of which nobody knows whether it arrived. */
  readonly next?: string;
  /** Tokens that were sent in requests of ours which the partner has not answered, the latest first: whether it keeps one is not known. */
  readonly offered?: readonly string[];
};

/** The use of a token: which one it was, and the tokens accepted from then on. */
export type TokenUse =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'known';
      readonly as: 'invitation' | 'current' | 'next';
      readonly tokens: AcceptedTokens;
    };

/** Gives a partner another token in an answer. The ones before stay valid: should the answer be lost, the partner is not locked out. */
export const offerToken = (tokens: AcceptedTokens, hash: string): AcceptedTokens => ({
  ...tokens,
  next: hash,
});

/** Tokens of requests without an answer that are accepted: an attempt may be repeated, and the partner may keep the token of any. */
const mostOffered = 3;

/** Gives a partner another token in a request. The ones before stay valid: the partner may refuse it after it has called with it. */
export const requestWithToken = (tokens: AcceptedTokens, hash: string): AcceptedTokens => ({
  ...tokens,
  offered: [hash, ...(tokens.offered ?? [])].slice(0, mostOffered),
});

/** The partner has answered the request that had a token: it keeps that one, and ends the ones before when it calls with it. */
export const keptToken = ({ offered: _, ...tokens }: AcceptedTokens, hash: string) =>
  tokens.current === hash ? tokens : offerToken(tokens, hash);

/** Says whether a module is read by a partner before it answers a request for registration, so that a call there says nothing. */
const isReadFirst = (module: string): boolean => module === 'versions';

/**
 * Judges a call of a module by the hash of its token. The first call with a new token ends the ones before it, unless the partner may be
 * making up its mind: then it is the first call of another module than that of the versions.
 */
export const useToken = (tokens: AcceptedTokens, hash: string, module: string): TokenUse => {
  if (hash === tokens.next) return { kind: 'known', as: 'next', tokens: { current: hash } };
  if (hash === tokens.current) return { kind: 'known', as: 'current', tokens };
  if (tokens.offered?.includes(hash)) {
    return { kind: 'known', as: 'next', tokens: isReadFirst(module) ? tokens : { current: hash } };
  }
  return hash === tokens.invitation
    ? { kind: 'known', as: 'invitation', tokens }
    : { kind: 'unknown' };
};

/** Says whether a token may be used on a module: token A only on versions and credentials. */
export const mayUseModule = (as: 'invitation' | 'current' | 'next', module: string): boolean =>
  as !== 'invitation' || module === 'versions' || module === 'credentials';
