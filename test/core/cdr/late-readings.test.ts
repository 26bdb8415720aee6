import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import { creditCdr } from '../../../core/cdr/correct/credit-cdr.ts';
import { cdrInPartOf } from '../../../core/cdr/correct/renumber-cdr.ts';
import { type Review, reviewReadings } from '../../../core/cdr/correct/review-readings.ts';
import type { Cdr, CdrContent } from '../../../core/cdr/model/cdr.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import { creditIdOf, numberedCdrId, readCdrId } from '../../../core/cdr/seal/cdr-id.ts';
import { contentHash, sealCdr, sealedText } from '../../../core/cdr/seal/seal-cdr.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { decimalOf } from '../../../core/units/decimal.ts';
import { identity, startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { rules, sessionOf, stored, tariff } from './cdr-samples.ts';
import { change, leavesOf } from './change-value.ts';
import { testSealKey } from './test-seal-key.ts';

// A stop that names no register: the last reading says what was delivered, and the state when it went idle.
const session = sessionOf(startedEvent(), stoppedEvent({ endedAt: '2026-03-02T11:00:00Z' }));
const { meterStop: _unknown, ...stop } = session.stop ?? {
  endedAt: '',
  receivedAt: '',
  reason: '',
};
const open = { ...session, stop };

const cdrOf = (readings: readonly StoredMessage[]): CdrContent =>
  cdrFromReadings(open, tariff, readings, rules);

const first = stored.slice(0, 2);
const tooHigh: StoredMessage = {
  key: '2026-03-02T10:50:00.000Z#meter#9',
  kind: 'meter',
  evseId: 1,
  connectorId: 1,
  receivedAt: '2026-03-02T12:00:00.000Z',
  raw: JSON.stringify({ at: '2026-03-02T10:50:00.000Z', register: 900_000 }),
};

const review = (sealed: CdrContent, counted: readonly StoredMessage[], all = stored): Review =>
  reviewReadings(sealed, { counted, all }, rules);

const corrected = (verdict: Review) => {
  if (verdict.kind !== 'corrected') throw new Error(verdict.kind);
  return { credit: verdict.credit, correction: verdict.correction.content };
};

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const key = testSealKey(publicKey);

const sealed = (content: CdrContent): Cdr => {
  const seal = sealCdr(canonicalJson(content), undefined, 'key1');
  const text = sealedText(contentHash(content), seal);
  const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64');
  return { ...content, state: 'sealed', seal: { ...seal, signature } };
};

const failedChecks = (cdr: Cdr, readings: readonly StoredMessage[]) =>
  verifyCdr(cdr, { readings, rules, key })
    .checks.filter(({ outcome }) => outcome === 'failed')
    .map(({ check }) => check);

const sums = (contents: readonly CdrContent[]): readonly bigint[] =>
  (['exclVat', 'inclVat'] as const).flatMap((side) =>
    (['total', 'unrounded'] as const).map((sum) =>
      contents.reduce((all, content) => all + decimalOf(content[sum]?.[side] ?? '', 12), 0n),
    ),
  );

const split = fc
  .tuple(fc.shuffledSubarray([...stored]), fc.boolean())
  .map(([late, twice]) => ({
    counted: stored.filter((one) => !late.includes(one)),
    late: twice ? [...late, ...late] : late,
  }))
  .filter(({ counted }) => cdrOf(counted).total !== null);

describe('readings that come after the CDR was sealed', () => {
  it('late readings lead to the bill they would have led to in time, and one credit negates the first CDR', () => {
    fc.assert(
      fc.property(split, ({ counted, late }) => {
        const original = cdrOf(counted);
        const inTime = cdrOf(stored);
        const verdict = review(original, counted, [...late, ...counted]);

        if (verdict.kind === 'same') {
          expect([original.total, original.lines, original.energyKwh]).toEqual([
            inTime.total,
            inTime.lines,
            inTime.energyKwh,
          ]);
          return;
        }
        const { credit, correction } = corrected(verdict);
        expect(canonicalJson(correction)).toBe(
          canonicalJson({
            ...inTime,
            cdrId: `${original.cdrId}-2`,
            replaces: original.cdrId,
          }),
        );
        expect(sums([original, credit])).toEqual([0n, 0n, 0n, 0n]);
        expect(failedChecks(sealed(credit), counted)).toEqual([]);
        expect(failedChecks(sealed(correction), stored)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('late readings lead to the same bill in whatever chunks they are reviewed', () => {
    fc.assert(
      fc.property(split, fc.nat(5), ({ counted, late }, cut) => {
        let standing = cdrOf(counted);
        let rests: readonly StoredMessage[] = counted;
        let seen: readonly StoredMessage[] = counted;
        const issued = [standing];
        for (const chunk of [late.slice(0, cut), late.slice(cut)]) {
          seen = [...seen, ...chunk];
          const verdict = review(standing, rests, seen);
          if (verdict.kind !== 'corrected') continue;
          const { credit, correction } = corrected(verdict);
          issued.push(credit, correction);
          standing = correction;
          rests = seen;
        }

        const { total, lines, energyKwh } = cdrOf(stored);
        expect(standing).toMatchObject({ total, lines, energyKwh });
        expect(sums(issued)).toEqual(sums([standing]));
        expect(new Set(issued.map(({ cdrId }) => cdrId)).size).toBe(issued.length);
      }),
      { numRuns: 60 },
    );
  });

  it('late readings that do not change the bill correct nothing', () => {
    const withoutMiddle = stored.filter((_, index) => index !== 1);

    expect(review(cdrOf(withoutMiddle), withoutMiddle)).toEqual({ kind: 'same' });
    expect(cdrOf(withoutMiddle).evidence.readings).toBe(4);
  });

  it('late readings are left to the operator if the new CDR would be held', () => {
    expect(review(cdrOf(stored), stored, [...stored, tooHigh])).toEqual({ kind: 'unclear' });
  });

  it('late readings are left to the operator if one has already decided', () => {
    const held = { counted: [...first, tooHigh], all: [...stored, tooHigh] };
    const basis = {
      decision: {
        kind: 'accept' as const,
        reason: 'Read off the meter.',
        decidedAt: '2026-03-03T10:00:00.000Z',
        decidedBy: { apiKeyId: 'key_1', name: 'Desk' },
      },
    };
    const decided = cdrFromReadings(open, tariff, held.counted, rules, basis);

    expect(decided.total).not.toBeNull();
    expect(reviewReadings(decided, held, rules)).toEqual({ kind: 'unclear' });
    expect(reviewReadings(decided, { ...held, all: held.counted }, rules)).toEqual({
      kind: 'same',
    });
  });

  it('late readings are left to the operator if they only change the times of a void session', () => {
    const basis = {
      decision: {
        kind: 'void' as const,
        reason: 'A technician tested the charger.',
        decidedAt: '2026-03-03T10:00:00.000Z',
        decidedBy: { apiKeyId: 'key_1', name: 'Desk' },
      },
    };
    const counted = stored.filter(({ kind }) => kind === 'meter');
    const voided = cdrFromReadings(open, tariff, counted, rules, basis);
    const inTime = cdrFromReadings(open, tariff, stored, rules, basis);

    expect(voided).toMatchObject({ energyKwh: inTime.energyKwh, idleSeconds: 0, periods: [] });
    expect(inTime.idleSeconds).toBe(840);
    expect(review(voided, counted)).toEqual({ kind: 'unclear' });
  });

  it('late readings are left to the operator if readings of the CDR have expired', () => {
    expect(review(cdrOf(stored.slice(0, 3)), stored.slice(1, 3))).toEqual({ kind: 'unclear' });
  });

  it('late readings are left to the operator if the id of the CDR is malformed', () => {
    const named = { ...cdrOf(first), cdrId: 'cdr_1' };

    expect(review(named, first)).toEqual({ kind: 'unclear' });
    expect(cdrInPartOf(named, 'cdr_1')).toBe(named);
  });

  it('late readings bring the keys of their meters, besides those that the CDR contains', () => {
    const keys = ['mk_b', 'mk_a', 'mk_c'].map((meterKeyId) => ({ meterKeyId, publicKey: 'x' }));
    const [b, a, c] = keys;
    if (b === undefined || a === undefined || c === undefined) throw new Error('no keys');
    const basis = { meterKeys: [b] };
    const known = cdrFromReadings(open, tariff, first, rules, basis);
    const keysOf = (meterKeys: readonly (typeof b)[]) => {
      const verdict = reviewReadings(known, { counted: first, all: stored, meterKeys }, rules);
      return corrected(verdict).correction.evidence.basis;
    };

    expect(keysOf([c, b, a])).toEqual({ meterKeys: [a, b, c] });
    expect(keysOf([])).toEqual(basis);
    expect(corrected(review(cdrOf(first), first)).correction.evidence.basis).toEqual({});
  });

  it.each(['metering', 'pricing', 'cdr'])(
    'late readings correct nothing merely because the rules of %s have changed since',
    (room) => {
      const old = cdrOf(first);
      const ofOtherRules = {
        ...old,
        total: { currency: 'EUR', exclVat: '9.00', inclVat: '9.00' },
        evidence: { ...old.evidence, rules: { ...old.evidence.rules, [room]: 0 } },
      };

      expect(review(ofOtherRules, first, first)).toEqual({ kind: 'same' });
      expect(corrected(review(ofOtherRules, first)).credit.total).toEqual({
        currency: 'EUR',
        exclVat: '-9.00',
        inclVat: '-9.00',
      });
    },
  );
});

describe('a credit', () => {
  const original = cdrOf(first);

  it('a credit has everything of its CDR, with the total negated', () => {
    const credit = creditCdr(original);

    const { cdrId, creditOf, total, unrounded, ...rest } = credit;
    expect(rest).toEqual({
      ...original,
      cdrId: undefined,
      creditOf: undefined,
      total: undefined,
      unrounded: undefined,
    });
    expect([cdrId, creditOf]).toEqual([`${original.cdrId}-C`, original.cdrId]);
    expect(total).toEqual({
      currency: 'EUR',
      exclVat: `-${original.total?.exclVat}`,
      inclVat: `-${original.total?.inclVat}`,
    });
    expect(unrounded?.exclVat).toBe(`-${original.unrounded?.exclVat}`);
  });

  it('a credit of zero is zero, and a credit of a negative total is positive', () => {
    const total = { currency: 'EUR', exclVat: '0.00', inclVat: '-0.10' };
    const unrounded = { exclVat: '0', inclVat: '10' };

    expect(creditCdr({ ...original, total, unrounded })).toMatchObject({
      total: { ...total, inclVat: '0.10' },
      unrounded: { exclVat: '0', inclVat: '-10' },
    });
  });

  it('a credit negates the price by the tariff alone for readers that know no promo codes', () => {
    const beforePromoCode = {
      total: { currency: 'EUR', exclVat: '2.00', inclVat: '2.38' },
      unrounded: { exclVat: '2', inclVat: '2.38' },
    };
    const credit = creditCdr({ ...original, beforePromoCode });

    expect(credit).toMatchObject({
      beforePromoCode: {
        total: { exclVat: '-2.00', inclVat: '-2.38' },
        unrounded: { exclVat: '-2', inclVat: '-2.38' },
      },
      creditOf: original.cdrId,
    });
  });

  it('a credit and its correction fail verification if their role or sign is changed', () => {
    const { credit, correction } = corrected(review(original, first));
    const broken: readonly [CdrContent, readonly StoredMessage[], string][] = [
      [{ ...credit, total: original.total }, first, 'arithmetic'],
      [{ ...credit, creditOf: correction.cdrId }, first, 'content'],
      [{ ...credit, creditOf: null }, first, 'arithmetic'],
      [{ ...credit, cdrId: original.cdrId }, first, 'content'],
      [{ ...correction, replaces: correction.cdrId }, stored, 'content'],
      [{ ...correction, cdrId: numberedCdrId(open.sessionId, 3) }, stored, 'content'],
    ];

    for (const [content, readings, check] of broken) {
      expect(failedChecks(sealed(content), readings)).toContain(check);
    }
  });

  it('changing any single value breaks a credit, its correction and the credited CDR', () => {
    const { credit, correction } = corrected(review(original, first));
    const creditedBy = creditIdOf(original.cdrId);
    const whole: readonly [Cdr, readonly StoredMessage[]][] = [
      [{ ...sealed(original), state: 'credited', creditedBy }, first],
      [sealed(credit), first],
      [sealed(correction), stored],
    ];

    for (const [cdr, readings] of whole) {
      const paths = leavesOf(cdr);
      expect(failedChecks(cdr, readings)).toEqual([]);
      expect(paths.length).toBeGreaterThan(60);
      for (const path of paths) {
        const broken = structuredClone(cdr);
        change(broken, path);
        expect([path.join('.'), failedChecks(broken, readings)]).not.toEqual([path.join('.'), []]);
      }
    }
  });

  it('a CDR names its credit exactly when it is credited', () => {
    const cdr = sealed(original);
    const creditedBy = creditIdOf(original.cdrId);

    expect(failedChecks({ ...cdr, state: 'credited', creditedBy }, first)).toEqual([]);
    expect(failedChecks({ ...cdr, state: 'credited' }, first)).toEqual(['state']);
    expect(failedChecks({ ...cdr, creditedBy }, first)).toEqual(['state']);
    const wrong = { ...cdr, state: 'credited' as const, creditedBy: `${creditedBy}-C` };
    expect(failedChecks(wrong, first)).toEqual(['state']);
  });
});

describe('the id of a CDR', () => {
  it('the id of a CDR states its session, its ordinal and whether it is a credit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.boolean(), (number, isCredit) => {
        const id = numberedCdrId(identity.sessionId, number);
        const cdrId = isCredit ? creditIdOf(id) : id;

        expect(readCdrId(cdrId)).toEqual({ sessionId: identity.sessionId, number, isCredit });
        expect(cdrId.length).toBeLessThanOrEqual(36);
      }),
    );
  });

  it.each(['', 'cdr_', 'ses_aaaaaaaaaaaaaaaaaaaaaaaaaa', 'cdr_aaaaaaaaaaaaaaaaaaaaaaaaaa-1'])(
    '%s is not the id of a CDR',
    (text) => {
      expect(readCdrId(text)).toBeUndefined();
      expect(readCdrId(`cdr_${'a'.repeat(26)}-2-C-C`)).toBeUndefined();
      expect(readCdrId(`cdr_${'a'.repeat(26)}-02`)).toBeUndefined();
    },
  );
});
