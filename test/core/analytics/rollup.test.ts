import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addFigures, type Figures, figuresOf } from '../../../core/analytics/figures.ts';
import {
  contributionOf,
  groupings,
  type Rollup,
  sumRollups,
} from '../../../core/analytics/rollup.ts';
import { creditCdr } from '../../../core/cdr/correct/credit-cdr.ts';
import type { CdrContent } from '../../../core/cdr/model/cdr.ts';
import { decimalOf } from '../../../core/units/decimal.ts';
import { ordinaryContent } from '../cdr/cdr-samples.ts';
import { arbitraryCdrs, cdrWith } from './cdrs.ts';

const rollupsOf = (cdrs: readonly CdrContent[], locationId?: string): readonly Rollup[] =>
  sumRollups(cdrs.flatMap((cdr) => contributionOf(cdr, locationId)?.rollups ?? []));

const sorted = (rollups: readonly Rollup[]) =>
  rollups.toSorted((a, b) => (JSON.stringify(shown(a)) < JSON.stringify(shown(b)) ? -1 : 1));

const shown = ({ by, month, group, currency }: Rollup) => [by, month, group, currency];

const sumOf = (figures: readonly Figures[]): Figures | undefined =>
  figures.length === 0 ? undefined : figures.reduce(addFigures);

describe('rollups', () => {
  it('the rollups of each grouping add up to the CDRs that have such a group, in every currency', () => {
    fc.assert(
      fc.property(arbitraryCdrs(20), (cdrs) => {
        const rollups = rollupsOf(cdrs, 'loc1');
        for (const by of groupings) {
          for (const currency of ['EUR', 'SEK']) {
            const counted = cdrs.filter(
              (cdr) =>
                cdr.total?.currency === currency &&
                (by !== 'account' || cdr.accountId !== null) &&
                by !== 'promoCode',
            );
            const mine = rollups.filter((one) => one.by === by && one.currency === currency);
            expect(sumOf(mine.map(({ figures }) => figures))).toEqual(
              sumOf(
                counted.flatMap((cdr) =>
                  cdr.total ? [figuresOf({ ...cdr, total: cdr.total })] : [],
                ),
              ),
            );
          }
        }
        const excl = rollups
          .filter(({ by, currency }) => by === 'day' && currency === 'EUR')
          .reduce((sum, { figures }) => sum + figures.exclVat, 0n);
        const billed = cdrs
          .filter(({ total }) => total?.currency === 'EUR')
          .reduce((sum, { total }) => sum + decimalOf(total?.exclVat ?? '0', 4), 0n);
        expect(excl).toBe(billed);
      }),
      { numRuns: 50 },
    );
  });

  it('the order of CDRs changes no rollup', () => {
    fc.assert(
      fc.property(
        arbitraryCdrs(12).chain((cdrs) =>
          fc.tuple(fc.constant(cdrs), fc.shuffledSubarray([...cdrs], { minLength: cdrs.length })),
        ),
        ([cdrs, shuffled]) => {
          expect(sorted(rollupsOf(shuffled))).toEqual(sorted(rollupsOf(cdrs)));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('a CDR and its credit leave nothing in any rollup', () => {
    const cdr = cdrWith({ accountId: 'acc1' });
    for (const { figures } of rollupsOf([cdr, creditCdr(cdr)], 'loc1')) {
      expect(new Set(Object.values(figures))).toEqual(new Set([0n]));
    }
  });

  it.each([
    ['2026-03-01T22:59:59.999Z', 'Europe/Berlin', '2026-03-01'],
    ['2026-03-01T23:00:00.000Z', 'Europe/Berlin', '2026-03-02'],
    ['2026-03-29T22:00:00.000Z', 'Europe/Berlin', '2026-03-30'],
    ['2026-03-01T07:59:59.000Z', 'America/Los_Angeles', '2026-02-28'],
  ])('a session that ended at %s in %s counts for %s', (endedAt, timeZone, day) => {
    const groups = contributionOf(cdrWith({ endedAt, timeZone }), undefined)?.rollups ?? [];
    expect(groups.find(({ by }) => by === 'day')?.group).toBe(day);
    expect(new Set(groups.map(({ month }) => month))).toEqual(new Set([day.slice(0, 7)]));
  });

  it('a CDR counts for its charger, location, tariff, account and redeemed promo code', () => {
    const content = cdrWith({ chargerId: 'CP1', accountId: 'acc1' });
    const promoCode = {
      kind: 'redeemed',
      code: 'SPRING',
      benefit: { kind: 'percent', percent: '10' },
      redeemedAt: '2026-03-02T10:00:00.000Z',
    } as const;
    const evidence = { ...content.evidence, basis: { promoCode } };
    expect(
      rollupsOf([{ ...content, evidence }], 'loc1').map(({ by, group }) => [by, group]),
    ).toEqual([
      ['day', '2026-03-02'],
      ['charger', 'CP1'],
      ['location', 'loc1'],
      ['tariff', 'tar1'],
      ['account', 'acc1'],
      ['promoCode', 'SPRING'],
    ]);
  });

  it('a CDR without a price counts for nothing', () => {
    expect(contributionOf({ ...ordinaryContent(), total: null }, 'loc1')).toBeUndefined();
  });
});
