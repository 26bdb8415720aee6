import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CdrBasis } from '../../../core/cdr/compute/cdr-basis.ts';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import { creditCdr } from '../../../core/cdr/correct/credit-cdr.ts';
import { reviewReadings } from '../../../core/cdr/correct/review-readings.ts';
import type { Cdr, CdrContent } from '../../../core/cdr/model/cdr.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import { sealCdr } from '../../../core/cdr/seal/seal-cdr.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import type { PromoBenefit } from '../../../core/tariff/promo-code/promo-code.ts';
import { decimalOf, shortDecimal } from '../../../core/units/decimal.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { rules, sessionOf, stored, tariff } from './cdr-samples.ts';
import { change, leavesOf } from './change-value.ts';

const session = sessionOf(startedEvent({ promoCode: 'spring' }), stoppedEvent());

const redeemed = (benefit: PromoBenefit): CdrBasis => ({
  promoCode: {
    kind: 'redeemed',
    code: 'SPRING',
    benefit,
    redeemedAt: '2026-03-02T10:05:00.000Z',
  },
});

const quarterOff = redeemed({ kind: 'percent', percent: '25' });

const refused: CdrBasis = {
  promoCode: { kind: 'refused', code: 'spring', reason: 'The promo code SPRING is used up.' },
};

const contentWith = (basis: CdrBasis, by: Tariff = tariff): CdrContent =>
  cdrFromReadings(session, by, stored, rules, basis);

/** The same session of a token that carries no code. */
const contentWithout = (by: Tariff = tariff): CdrContent =>
  cdrFromReadings(sessionOf(startedEvent(), stoppedEvent()), by, stored, rules);

const sealed = (content: CdrContent): Cdr => ({
  ...content,
  state: 'sealed',
  seal: { ...sealCdr(canonicalJson(content), undefined, 'key1'), signature: 'MAYCAQECAQE=' },
});

const proof = {
  readings: stored,
  rules,
  key: { source: 'given', publicKey: '', verify: () => true },
} as const;

const failed = (cdr: Cdr) =>
  verifyCdr(cdr, proof)
    .checks.filter(({ outcome }) => outcome === 'failed')
    .map(({ check }) => check);

const benefits: fc.Arbitrary<PromoBenefit> = fc.oneof(
  fc.nat(1_000_000).map((millionths) => ({
    kind: 'percent' as const,
    percent: shortDecimal(BigInt(millionths), 4),
  })),
  fc.nat(900).map((cents) => ({
    kind: 'amount' as const,
    currency: 'EUR',
    inclVat: shortDecimal(BigInt(cents), 2),
  })),
  fc.nat(9).map((kwh) => ({ kind: 'kWh' as const, kwh: `${kwh}` })),
  fc.nat(90).map((minutes) => ({ kind: 'minutes' as const, minutes })),
);

/** Prices that come out even, and prices that are rounded up or down. */
const tariffs: fc.Arbitrary<Tariff> = fc
  .record({
    price: fc.nat(999_999).map((millionths) => shortDecimal(BigInt(millionths), 6)),
    minPrice: fc.option(fc.constantFrom('1', '4.2', '9.99'), { nil: undefined }),
    maxPrice: fc.option(fc.constantFrom('3.33', '12'), { nil: undefined }),
  })
  .map(({ price, minPrice, maxPrice }) => ({
    ...tariff,
    elements: [
      {
        priceComponents: [
          { type: 'ENERGY', price, vat: '19', stepSize: 0 },
          { type: 'TIME', price, vat: '7', stepSize: 0 },
        ],
      },
    ],
    ...(minPrice !== undefined && { minPrice: { exclVat: minPrice } }),
    ...(maxPrice !== undefined && { maxPrice: { exclVat: maxPrice } }),
  }));

describe('the CDR of a session with a promo code', () => {
  it('the discount of a promo code is the last line of the CDR, which also states the price by the tariff alone', () => {
    expect(contentWith(quarterOff)).toMatchObject({
      // 5.13 and 6.10 without the code.
      total: { currency: 'EUR', exclVat: '3.85', inclVat: '4.57' },
      beforePromoCode: { total: { currency: 'EUR', exclVat: '5.13', inclVat: '6.10' } },
      anomalies: [],
      evidence: { session: { start: { promoCode: 'spring' } }, basis: quarterOff },
    });
    expect(contentWith(quarterOff).lines.at(-1)).toMatchObject({
      component: 'PROMO_CODE',
      exclVat: '-1.28',
      inclVat: '-1.53',
      reason: 'Promo code SPRING: 25 % off.',
    });
  });

  it('a promo code is deducted after the limits of the tariff, even below the minimum price', () => {
    const atLeastTen = { ...tariff, minPrice: { exclVat: '10' } };
    const { lines, total } = contentWith(quarterOff, atLeastTen);

    expect(lines.map(({ component }) => component).slice(-2)).toEqual(['MIN_PRICE', 'PROMO_CODE']);
    expect(total).toMatchObject({ exclVat: '7.50' });
  });

  it('a promo code makes a session cheaper but never negative, and the lines add up for any tariff and code', () => {
    fc.assert(
      fc.property(tariffs, benefits, (by, benefit) => {
        const full = contentWith({}, by);
        const content = contentWith(redeemed(benefit), by);
        for (const side of ['exclVat', 'inclVat'] as const) {
          const [total, before] = [content, full].map((one) =>
            decimalOf(one.total?.[side] ?? '', 2),
          );
          const sum = content.lines.reduce((all, line) => all + decimalOf(line[side], 2), 0n);
          expect(sum).toBe(total);
          expect(sum >= 0n && sum <= (before ?? 0n)).toBe(true);
        }
        expect(content.lines.slice(0, full.lines.length)).toEqual(full.lines);
      }),
    );
  });

  it('a CDR with a promo code keeps the price of the tariff alone, to the last place', () => {
    fc.assert(
      fc.property(tariffs, benefits, (by, benefit) => {
        const { total, unrounded, lines } = contentWithout(by);
        const given = contentWith(redeemed(benefit), by);

        expect(given.beforePromoCode ?? { total: given.total, unrounded: given.unrounded }).toEqual(
          { total, unrounded },
        );
        expect(given.lines.filter(({ component }) => component !== 'PROMO_CODE')).toEqual(lines);
      }),
    );
  });

  it('late readings that correct a CDR keep its promo code', () => {
    const counted = stored.filter(({ kind }) => kind !== 'status');
    const without = cdrFromReadings(session, tariff, counted, rules, quarterOff);
    const review = reviewReadings(without, { counted, all: stored }, rules);

    expect(without.total).not.toEqual(contentWith(quarterOff).total);
    expect(review).toMatchObject({
      kind: 'corrected',
      correction: {
        content: {
          total: contentWith(quarterOff).total,
          lines: contentWith(quarterOff).lines,
          evidence: { basis: quarterOff },
        },
      },
    });
  });

  it('a CDR with a promo code is credited as a whole, with the price of the tariff alone', () => {
    const content = contentWith(quarterOff);
    const credit = creditCdr(content);

    expect(credit).toMatchObject({
      total: { exclVat: '-3.85', inclVat: '-4.57' },
      beforePromoCode: { total: { exclVat: '-5.13', inclVat: '-6.10' } },
    });
    expect(failed(sealed(credit))).toEqual([]);
  });

  it('a CDR states why the promo code of its token was not applied, and is billed nevertheless', () => {
    const content = contentWith(refused);

    expect(content.anomalies).toEqual([
      {
        code: 'PROMO_CODE_NOT_APPLIED',
        severity: 'info',
        message:
          "The promo code of the session's token was not applied. The promo code SPRING is used up.",
      },
    ]);
    expect(content.total).toEqual(contentWith({}).total);
    expect(content.beforePromoCode).toBeUndefined();
  });

  it('a held CDR with a promo code states no price', () => {
    const held = cdrFromReadings(session, undefined, stored, rules, quarterOff);

    expect(held).toMatchObject({ total: null, lines: [], evidence: { basis: quarterOff } });
    expect(held.beforePromoCode).toBeUndefined();
  });

  it('a CDR with a promo code is verified from its own content, and fails if any value is changed', () => {
    for (const content of [contentWith(quarterOff), contentWith(refused)]) {
      const cdr = sealed(content);
      expect(failed(cdr)).toEqual([]);
      for (const path of leavesOf(cdr.evidence.basis)) {
        const broken = structuredClone(cdr);
        change(broken, ['evidence', 'basis', ...path]);
        expect(failed(broken), path.join('.')).toContain('hash');
      }
    }
  });

  it('a CDR is recomputed with its promo code: benefit, line and original price cannot be invented', () => {
    const cdr = sealed(contentWith(quarterOff));
    const basis = redeemed({ kind: 'percent', percent: '26' });
    const { beforePromoCode: _told, ...silent } = cdr;

    for (const broken of [
      { ...cdr, evidence: { ...cdr.evidence, basis } },
      { ...cdr, evidence: { ...cdr.evidence, basis: {} } },
      { ...cdr, lines: cdr.lines.slice(0, -1) },
      { ...cdr, beforePromoCode: { total: cdr.total, unrounded: cdr.unrounded } } as Cdr,
      silent,
    ]) {
      expect(failed(broken)).toContain('content');
    }
  });
});
