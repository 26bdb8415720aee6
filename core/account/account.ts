/** The most that an account may use in a month; what is absent has no limit. */
export type AccountLimits = {
  /** kWh, a decimal. */
  readonly energyKwh?: string;
  /** Money with VAT in the currency of the account, a decimal. */
  readonly inclVat?: string;
};

/** Who pays for the sessions of some tokens. */
export type Account = {
  readonly accountId: string;
  readonly operatorId: string;
  readonly name: string;
  readonly email?: string;
  /** Its id in another system, such as an accounting one. */
  readonly externalRef?: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly vatId?: string;
  readonly limits: AccountLimits;
};

/** The kinds of limits, in the order in which they are looked at. */
export const limitKinds = ['energy', 'money'] as const;

/** Whether a limit is one of energy or of money. */
export type LimitKind = (typeof limitKinds)[number];

/** The limit of a kind, a decimal; undefined where the account has none. */
export const limitOf = (
  { limits }: Pick<Account, 'limits'>,
  kind: LimitKind,
): string | undefined => (kind === 'energy' ? limits.energyKwh : limits.inclVat);

/** True if an account has any limit. */
export const hasLimits = (account: Pick<Account, 'limits'>): boolean =>
  limitKinds.some((kind) => limitOf(account, kind) !== undefined);
