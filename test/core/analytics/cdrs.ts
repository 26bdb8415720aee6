import fc from 'fast-check';
import { type Contribution, contributionOf } from '../../../core/analytics/rollup.ts';
import { creditCdr } from '../../../core/cdr/correct/credit-cdr.ts';
import type { CdrContent } from '../../../core/cdr/model/cdr.ts';
import { ordinaryContent } from '../cdr/cdr-samples.ts';

/** The facts of a CDR that rollups are about. */
export type CdrFacts = Pick<
  CdrContent,
  | 'chargerId'
  | 'accountId'
  | 'endedAt'
  | 'timeZone'
  | 'energyKwh'
  | 'durationSeconds'
  | 'chargingSeconds'
  | 'idleSeconds'
>;

/** The ordinary CDR with other facts and another total. */
export const cdrWith = (
  facts: Partial<CdrFacts>,
  total = { currency: 'EUR', exclVat: '1.00', inclVat: '1.19' },
): CdrContent => ({ ...ordinaryContent(), ...facts, total });

const cents = fc
  .integer({ min: 0, max: 100_000_000 })
  .map((amount) => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`);

/** A CDR under another tariff, and with a promo code that was redeemed, where these name them. */
function priced(cdr: CdrContent, tariffId: string, code: string | undefined): CdrContent {
  const { tariff, evidence } = cdr;
  const { promoCode: _none, ...basis } = evidence.basis;
  const redeemed = { kind: 'redeemed', code } as NonNullable<typeof evidence.basis.promoCode>;
  return {
    ...cdr,
    tariff: tariff && { ...tariff, tariffId },
    evidence: {
      ...evidence,
      basis: code === undefined ? basis : { ...basis, promoCode: redeemed },
    },
  };
}

/** A sealed CDR with any facts. */
export const arbitraryCdr: fc.Arbitrary<CdrContent> = fc
  .record({
    chargerId: fc.constantFrom('CP1', 'CP2', 'CP3'),
    accountId: fc.constantFrom('acc1', 'acc2', null),
    endedAt: fc
      .integer({ min: Date.UTC(2026, 0, 30), max: Date.UTC(2026, 2, 2) })
      .map((at) => new Date(at).toISOString()),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Los_Angeles'),
    energyKwh: fc.integer({ min: 0, max: 200_000_000 }).map((mWh) => mWh / 1_000_000),
    durationSeconds: fc.nat(200_000),
    chargingSeconds: fc.nat(100_000),
    idleSeconds: fc.nat(100_000),
    currency: fc.constantFrom('EUR', 'SEK'),
    exclVat: cents,
    inclVat: cents,
    tariffId: fc.constantFrom('tar_1', 'tar_2'),
    code: fc.constantFrom('SPRING', 'STAFF', undefined),
  })
  .map(({ currency, exclVat, inclVat, tariffId, code, ...facts }) =>
    priced(cdrWith(facts, { currency, exclVat, inclVat }), tariffId, code),
  );

/** All that sealed CDRs of one operator add, some of which are credited: each has its place in the chain of its charger. */
export const arbitraryContributions = (most: number): fc.Arbitrary<readonly Contribution[]> =>
  fc
    .array(fc.tuple(arbitraryCdr, fc.boolean(), fc.constantFrom('loc1', 'loc2', undefined)), {
      minLength: 1,
      maxLength: most,
    })
    .map((cdrs) =>
      cdrs
        .flatMap(([cdr, isCredited, locationId]) =>
          (isCredited ? [cdr, creditCdr(cdr)] : [cdr]).map((one) => ({ one, locationId })),
        )
        .flatMap(({ one, locationId }, index) => contributionOf(one, index + 1, locationId) ?? []),
    );
