import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addFigures, figuresOf } from '../../../core/analytics/figures.ts';
import { contributionOf, type Rollup } from '../../../core/analytics/rollup.ts';
import { creditCdr } from '../../../core/cdr/correct/credit-cdr.ts';
import type { CdrContent } from '../../../core/cdr/model/cdr.ts';
import { decimalOf } from '../../../core/units/decimal.ts';
import { ordinaryContent } from '../cdr/cdr-samples.ts';
import { arbitraryCdr, cdrWith } from './cdrs.ts';

const rollupsOf = (cdr: CdrContent, locationId?: string): readonly Rollup[] => {
  const contribution = contributionOf(cdr, 1, locationId);
  return contribution === undefined ? [] : [...contribution.shared, contribution.charger];
};

describe('what a CDR adds to sums', () => {
  it('a CDR adds its energy and its total, to the last digit, to each of its groups', () => {
    fc.assert(
      fc.property(arbitraryCdr, (cdr) => {
        const rollups = rollupsOf(cdr, 'loc1');

        expect(rollups.map(({ by }) => by)).toEqual([
          'day',
          'location',
          'tariff',
          ...(cdr.accountId === null ? [] : ['account']),
          ...(cdr.evidence.basis.promoCode === undefined ? [] : ['promoCode']),
          'charger',
        ]);
        for (const { figures, currency } of rollups) {
          expect({ ...figures, currency }).toEqual({
            currency: cdr.total?.currency,
            sessions: 1n,
            energy: decimalOf(cdr.energyKwh.toFixed(6), 6),
            occupied: BigInt(cdr.durationSeconds) * 1000n,
            charging: BigInt(cdr.chargingSeconds) * 1000n,
            idle: BigInt(cdr.idleSeconds) * 1000n,
            exclVat: decimalOf(cdr.total?.exclVat ?? '', 4),
            inclVat: decimalOf(cdr.total?.inclVat ?? '', 4),
          });
        }
      }),
    );
  });

  it('a CDR and its credit leave nothing in any of their groups', () => {
    fc.assert(
      fc.property(arbitraryCdr, (cdr) => {
        const credits = rollupsOf(creditCdr(cdr));
        for (const [index, { figures, ...group }] of rollupsOf(cdr).entries()) {
          const { figures: taken, ...from } = credits[index] ?? {};
          expect(from).toEqual(group);
          const rest = taken === undefined ? figures : addFigures(figures, taken);
          expect(new Set(Object.values(rest))).toEqual(new Set([0n]));
        }
      }),
    );
  });

  it.each([
    ['2026-03-01T22:59:59.999Z', 'Europe/Berlin', '2026-03-01'],
    ['2026-03-01T23:00:00.000Z', 'Europe/Berlin', '2026-03-02'],
    ['2026-03-29T22:00:00.000Z', 'Europe/Berlin', '2026-03-30'],
    ['2026-03-01T07:59:59.000Z', 'America/Los_Angeles', '2026-02-28'],
  ])('a session that ended at %s in %s counts for %s', (endedAt, timeZone, day) => {
    const rollups = rollupsOf(cdrWith({ endedAt, timeZone }));
    expect(rollups.find(({ by }) => by === 'day')?.group).toBe(day);
    expect(new Set(rollups.map(({ month }) => month))).toEqual(new Set([day.slice(0, 7)]));
  });

  it('a CDR counts for its location, tariff, account, redeemed promo code and charger', () => {
    const content = cdrWith({ chargerId: 'CP1', accountId: 'acc1' });
    const promoCode = {
      kind: 'redeemed',
      code: 'SPRING',
      benefit: { kind: 'percent', percent: '10' },
      redeemedAt: '2026-03-02T10:00:00.000Z',
    } as const;
    const evidence = { ...content.evidence, basis: { promoCode } };
    expect(rollupsOf({ ...content, evidence }, 'loc1').map(({ by, group }) => [by, group])).toEqual(
      [
        ['day', '2026-03-02'],
        ['location', 'loc1'],
        ['tariff', 'tar1'],
        ['account', 'acc1'],
        ['promoCode', 'SPRING'],
        ['charger', 'CP1'],
      ],
    );
  });

  it('a CDR without a price counts for nothing', () => {
    expect(contributionOf({ ...ordinaryContent(), total: null }, 1, 'loc1')).toBeUndefined();
  });

  it('figures of a credit are those of its CDR with the other sign', () => {
    const { total, ...cdr } = cdrWith({});
    if (total === null) throw new Error('The CDR has a total');
    const credit = creditCdr({ ...cdr, total });
    if (credit.total === null) throw new Error('The credit has a total');
    expect(Object.values(figuresOf({ ...credit, total: credit.total }))).toEqual(
      Object.values(figuresOf({ ...cdr, total })).map((amount) => -amount),
    );
  });
});
