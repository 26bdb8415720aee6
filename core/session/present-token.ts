import type { SessionStart } from './session.ts';

/** A token that was presented for a session that had begun without one, and our answer about it. */
export type PresentedToken = Pick<
  SessionStart,
  'tokenId' | 'authorization' | 'accountId' | 'promoCode' | 'tariffIds'
> & {
  /** The charger's clock, ISO 8601 in UTC. */
  readonly at: string;
};

/** The authorization of a session while nobody has presented a token. */
export const noToken = 'None';

/** The token of a start that was presented later; undefined where its own message names one, or nobody has presented any. */
export const presentedIn = (start: SessionStart | undefined): PresentedToken | undefined => {
  if (start?.tokenAt === undefined) return undefined;
  const { tokenAt: at, tokenId, authorization, accountId, promoCode, tariffIds } = start;
  return {
    at,
    tokenId,
    authorization,
    ...(accountId === undefined ? {} : { accountId }),
    ...(promoCode === undefined ? {} : { promoCode }),
    ...(tariffIds === undefined ? {} : { tariffIds }),
  };
};

/** A start as its own message has it: without a token that was presented later. */
export const withoutPresented = ({
  startedAt,
  receivedAt,
  meterStart,
}: SessionStart): SessionStart => ({
  startedAt,
  receivedAt,
  ...(meterStart === undefined ? {} : { meterStart }),
  tokenId: '',
  authorization: noToken,
});

/** The token that the message of a start names itself; empty where it names none. */
export const ownTokenOf = ({ tokenId, tokenAt }: SessionStart): string =>
  tokenAt === undefined ? tokenId : '';

const isBefore = (one: PresentedToken, other: PresentedToken): boolean =>
  one.at === other.at ? one.tokenId < other.tokenId : one.at < other.at;

/**
 * A start with a token that was presented for its session. The one that its own message names counts first, and else the one that
 * was presented first, in whatever order they arrive.
 */
export const presentToken = (
  start: SessionStart,
  presented: PresentedToken | undefined,
): SessionStart => {
  if (presented === undefined || ownTokenOf(start) !== '') return start;
  const known = presentedIn(start);
  if (known !== undefined && !isBefore(presented, known)) return start;
  const { at: tokenAt, ...token } = presented;
  return { ...withoutPresented(start), ...token, tokenAt };
};

/** The one of two starts that say the same, with the token that was presented for either. */
export const joinTokens = (counts: SessionStart, other: SessionStart): SessionStart =>
  presentToken(counts, presentedIn(other));
