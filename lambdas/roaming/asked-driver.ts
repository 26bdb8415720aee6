import type { TokenAuthorization } from '../../core/token/authorize-token.ts';

/** A token that a driver presents at a charger of ours, of which its partner decides whether it may charge. */
export type AskedDriver = {
  readonly operatorId: string;
  /** As the charger read it. */
  readonly tokenId: string;
  /** The partner whose token it is; absent where nobody knows it, and every partner is asked. */
  readonly partnerId?: string;
  /** Where the charger stands. */
  readonly locationId?: string;
};

/** Asks partners about a token; undefined where none answers that it may or may not charge, at the latest after five seconds. */
export type AskPartners = (asked: AskedDriver) => Promise<TokenAuthorization | undefined>;
