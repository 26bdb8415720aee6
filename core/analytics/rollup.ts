import type { CdrContent } from '../cdr/model/cdr.ts';
import { localDate } from '../units/local-date.ts';
import { type Figures, figuresOf } from './figures.ts';

/** The ways in which CDRs are grouped. */
export const groupings = ['day', 'charger', 'location', 'tariff', 'account', 'promoCode'] as const;

/** One of the groupings. */
export type Grouping = (typeof groupings)[number];

/** The place of a rollup: all CDRs of a group that ended in its month, or on its day, in one currency. */
export type RollupKey = {
  readonly by: Grouping;
  /** The month of the group, `YYYY-MM`, by the local time of the charger. */
  readonly month: string;
  /** Which group: a day as `YYYY-MM-DD`, or an id. */
  readonly group: string;
  /** ISO 4217. */
  readonly currency: string;
};

/** The sums of a group. */
export type Rollup = RollupKey & { readonly figures: Figures };

/** All that a sealed CDR adds to the sums of its operator. */
export type Contribution = {
  readonly operatorId: string;
  readonly chargerId: string;
  /** The CDR's place in the chain of its charger. */
  readonly sequence: number;
  /** To the month of its charger. */
  readonly charger: Rollup;
  /** To the groups that several chargers add to. */
  readonly shared: readonly Rollup[];
};

/**
 * All that a sealed CDR adds: to the day on which its session ended where the charger is, and to the month of its charger, location,
 * tariff, account and promo code, where it has them. A credit counts for the day of the session that it credits. Undefined for a
 * CDR without a total, which is held.
 */
export function contributionOf(
  cdr: CdrContent,
  sequence: number,
  locationId: string | undefined,
): Contribution | undefined {
  const { operatorId, chargerId, total } = cdr;
  if (total === null) return undefined;
  const day = localDate(cdr.endedAt, cdr.timeZone);
  const { promoCode } = cdr.evidence.basis;
  const groups: readonly (readonly [Grouping, string | null | undefined])[] = [
    ['day', day],
    ['location', locationId],
    ['tariff', cdr.tariff?.tariffId],
    ['account', cdr.accountId],
    ['promoCode', promoCode?.kind === 'redeemed' ? promoCode.code : undefined],
  ];
  const figures = figuresOf({ ...cdr, total });
  const common = { month: day.slice(0, 7), currency: total.currency, figures };
  const shared = groups.flatMap(([by, group]) =>
    group === null || group === undefined ? [] : [{ by, group, ...common }],
  );
  return {
    operatorId,
    chargerId,
    sequence,
    charger: { by: 'charger', group: chargerId, ...common },
    shared,
  };
}
