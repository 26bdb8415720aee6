/** The tokens, as hashes, that a partner may call us with. */
export type AcceptedTokens = {
  /** Token A of an invitation: valid for versions and credentials only, and only until the first token C was used. */
  readonly invitation?: string;
  /** The token that the partner used last. */
  readonly current?: string;
  /** A token that was sent in an answer of which nobody knows whether it arrived. */
  readonly next?: string;
  /** The token of a request of ours that the partner has answered: it has kept it, and has not called with it. */
  readonly kept?: string;
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
const mostOffered = 10;

/** Gives a partner another token in a request. The ones before stay valid: the partner may refuse it after it has called with it. */
export const requestWithToken = (tokens: AcceptedTokens, hash: string): AcceptedTokens => ({
  ...tokens,
  offered: [hash, ...(tokens.offered ?? [])].slice(0, mostOffered),
});

const withOffered = (
  { offered: _, ...tokens }: AcceptedTokens,
  offered: readonly string[] = [],
): AcceptedTokens => (offered.length === 0 ? tokens : { ...tokens, offered });

/** Takes back the token of a request that was never sent, so that it takes no place of one that was. */
export const withdrawToken = (tokens: AcceptedTokens, hash: string): AcceptedTokens =>
  withOffered(
    tokens,
    tokens.offered?.filter((one) => one !== hash),
  );

/** The partner has answered the request that had a token: it keeps that one, and ends the ones before when it calls with it. */
export const keptToken = (tokens: AcceptedTokens, hash: string): AcceptedTokens => {
  const answered = withOffered(tokens);
  return tokens.current === hash ? answered : { ...answered, kept: hash };
};

/** Says whether a module is read by a partner before it answers a request for registration, so that a call there says nothing. */
const isReadFirst = (module: string): boolean => module === 'versions';

/** The tokens once the partner has called with one: the one before and token A have ended, and those that may be on their way have not. */
const usedToken = (
  { next, kept, offered = [] }: AcceptedTokens,
  current: string,
): AcceptedTokens => {
  const at = offered.indexOf(current);
  return withOffered(
    {
      current,
      ...(next === undefined || next === current ? {} : { next }),
      ...(kept === undefined || kept === current ? {} : { kept }),
    },
    at < 0 ? offered : offered.slice(0, at),
  );
};

/**
 * Judges a call of a module by the hash of its token. The first call with a new token ends the ones before it, unless the partner may be
 * making up its mind: then it is the first call of another module than that of the versions.
 */
export const useToken = (tokens: AcceptedTokens, hash: string, module: string): TokenUse => {
  const { current, next, kept, offered } = tokens;
  if (hash === next || hash === kept) {
    return { kind: 'known', as: 'next', tokens: usedToken(tokens, hash) };
  }
  if (hash === current) return { kind: 'known', as: 'current', tokens };
  if (offered?.includes(hash)) {
    const used = isReadFirst(module) ? tokens : usedToken(tokens, hash);
    return { kind: 'known', as: 'next', tokens: used };
  }
  return hash === tokens.invitation
    ? { kind: 'known', as: 'invitation', tokens }
    : { kind: 'unknown' };
};

/** Says whether a token may be used on a module: token A only on versions and credentials. */
export const mayUseModule = (as: 'invitation' | 'current' | 'next', module: string): boolean =>
  as !== 'invitation' || module === 'versions' || module === 'credentials';
