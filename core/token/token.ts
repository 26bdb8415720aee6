/** The operator's decision about a token. */
export type TokenStatus = 'Accepted' | 'Blocked' | 'Expired' | 'Invalid';

/** An RFID tag or app user that may charge, mapped to a billing account. */
export type Token = {
  /** As the operator wrote it; compared case-insensitively (OCPP 1.6 IdToken is a CiString20). */
  readonly tokenId: string;
  readonly operatorId: string;
  readonly accountId?: string;
  readonly status: TokenStatus;
  /** ISO 8601; from this instant on the token has expired. */
  readonly validUntil?: string;
  /** The group the token belongs to: any token of the group may stop what another one started. */
  readonly parentTokenId?: string;
};
