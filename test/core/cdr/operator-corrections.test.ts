import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../../core/analytics/figures.ts';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import { defaultLimits } from '../../../core/cdr/compute/session-limits.ts';
import {
  creditByOperator,
  type OperatorCorrection,
  repriceByOperator,
} from '../../../core/cdr/correct/correct-by-operator.ts';
import { reviewReadings } from '../../../core/cdr/correct/review-readings.ts';
import type { Cdr, CdrContent } from '../../../core/cdr/model/cdr.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import {
  type ChainEnd,
  contentHash,
  sealCdr,
  sealedText,
} from '../../../core/cdr/seal/seal-cdr.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { verifyChain } from '../../../core/cdr/verify/verify-chain.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { decimalOf } from '../../../core/units/decimal.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { rules, sessionOf, stored, tariff } from './cdr-samples.ts';
import { leavesOf, withValueAt } from './change-value.ts';
import { testSealKey } from './test-seal-key.ts';

const session = sessionOf(startedEvent(), stoppedEvent({ endedAt: '2026-03-02T11:00:00Z' }));
const cdrOf = (by: Tariff, readings = stored): CdrContent =>
  cdrFromReadings(session, by, readings, rules);

const energyOnly = (price: string, terms: Partial<Tariff> = {}): Tariff => ({
  ...tariff,
  tariffId: 'tar2',
  version: 1,
  elements: [{ priceComponents: [{ type: 'ENERGY', price, stepSize: 1 }] }],
  ...terms,
});

const by = { apiKeyId: 'key_1', name: 'Office' };
const decidedAt = '2026-03-09T10:00:00.000Z';
const reason = 'The tariff was wrong for a week.';
const ofTariff = (tariffId: string) =>
  ({ kind: 'tariff', reason, tariffId, decidedAt, decidedBy: by }) as const;
const goodwill = { kind: 'credit', reason: 'Goodwill.', decidedAt, decidedBy: by } as const;

const reprice = (
  sealed: CdrContent,
  to: Tariff,
  counted: readonly StoredMessage[] = stored,
): OperatorCorrection =>
  repriceByOperator(
    sealed,
    ofTariff(to.tariffId),
    { counted, tariff: to, limits: defaultLimits },
    rules,
  );

const corrected = (outcome: OperatorCorrection) => {
  if (outcome.kind !== 'corrected') throw new Error(outcome.code);
  return { credit: outcome.credit, correction: outcome.correction?.content };
};

const repriced = (sealed: CdrContent, to: Tariff) => {
  const { credit, correction } = corrected(reprice(sealed, to));
  if (correction === undefined) throw new Error('no CDR replaces it');
  return { credit, correction };
};

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const key = testSealKey(publicKey);

/** Contents sealed as a chain; those that a later one credits are credited. */
const chainOf = (contents: readonly CdrContent[]): readonly Cdr[] => {
  let previous: ChainEnd | undefined;
  return contents.map((content) => {
    const seal = sealCdr(canonicalJson(content), previous, 'key1');
    previous = seal;
    const text = sealedText(contentHash(content), seal);
    const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64');
    const sealed = { ...content, seal: { ...seal, signature } };
    const credit = contents.find(({ creditOf }) => creditOf === content.cdrId);
    return credit === undefined
      ? { ...sealed, state: 'sealed' }
      : { ...sealed, state: 'credited', creditedBy: credit.cdrId };
  });
};

const problemsOf = (contents: readonly CdrContent[]): readonly string[] =>
  verifyChain(session.chargerId, chainOf(contents), () => key).problems.map(
    ({ message }) => message,
  );

const failedChecks = (cdr: Cdr | undefined, readings = stored): readonly string[] =>
  cdr === undefined
    ? ['none']
    : verifyCdr(cdr, { readings, rules, key })
        .checks.filter(({ outcome }) => outcome === 'failed')
        .map(({ check }) => check);

const amount = ({ total }: CdrContent): bigint => decimalOf(total?.inclVat ?? '', 4);

const price = fc.integer({ min: 1, max: 200 }).map((cents) => (cents / 100).toFixed(2));

describe('a tariff that was wrong', () => {
  it('the same readings are billed as if the right tariff had held from the start, and one credit takes the first bill back', () => {
    fc.assert(
      fc.property(price, price, (wrong, right) => {
        fc.pre(wrong !== right);
        const original = cdrOf(energyOnly(wrong));
        const other = energyOnly(right, { tariffId: 'tar3' });
        const { credit, correction } = repriced(original, other);

        const inTime = cdrOf(other);
        expect({ ...correction, evidence: correction.evidence.readingsHash }).toEqual({
          ...inTime,
          evidence: inTime.evidence.readingsHash,
          cdrId: `${original.cdrId}-2`,
          replaces: original.cdrId,
        });
        expect(amount(original) + amount(credit)).toBe(0n);
        const chain = chainOf([original, credit, correction]);
        expect(problemsOf([original, credit, correction])).toEqual([]);
        expect(chain.map((cdr) => failedChecks(cdr))).toEqual([[], [], []]);
      }),
      { numRuns: 40 },
    );
  });

  it('who corrected it, when and why is sealed with the credit and with the new CDR, and nothing of it can be changed unnoticed', () => {
    const { credit, correction } = repriced(cdrOf(tariff), energyOnly('0.29'));
    const stated = { kind: 'tariff', reason, tariffId: 'tar2', decidedAt, decidedBy: by };
    expect(credit.correction).toEqual(stated);
    expect(correction.evidence.basis.correction).toEqual({ ...stated, cdrId: credit.creditOf });
    const [sealedCredit, sealedCorrection] = chainOf([credit, correction]);
    for (const [cdr, at] of [
      [sealedCredit, ['correction']],
      [sealedCorrection, ['evidence', 'basis', 'correction']],
    ] as const) {
      if (cdr === undefined) throw new Error('not sealed');
      expect(verifyCdr(cdr, { key }).valid).toBe(true);
      for (const path of leavesOf({ ...stated, cdrId: '' })) {
        const changed = withValueAt(cdr, [...at, ...path], 'another');
        expect([path, verifyCdr(changed, { key }).valid]).toEqual([path, false]);
      }
    }
  });

  it('a reading that comes after the correction is billed by the new tariff, and the correction is still named', () => {
    const first = stored.slice(0, 2);
    const { meterStop: _none, ...stop } = session.stop ?? {
      endedAt: '',
      receivedAt: '',
      reason: '',
    };
    const open = { ...session, stop };
    const original = cdrFromReadings(open, energyOnly('0.50'), first, rules);
    const right = energyOnly('0.30', { tariffId: 'tar3' });
    const { correction } = corrected(reprice(original, right, first));
    if (correction === undefined) throw new Error('no CDR replaces it');

    const review = reviewReadings(correction, { counted: first, all: stored }, rules);
    if (review.kind !== 'corrected') throw new Error(review.kind);

    const { content } = review.correction;
    expect(content).toMatchObject({
      cdrId: `${original.cdrId}-3`,
      replaces: correction.cdrId,
      energyKwh: 7,
      tariff: right,
    });
    expect(content.evidence.basis.correction).toEqual(correction.evidence.basis.correction);
    expect(review.credit.correction).toBeUndefined();
    expect(failedChecks(chainOf([content])[0])).toEqual([]);
    expect(failedChecks(chainOf([review.credit])[0], first)).toEqual([]);
  });

  it('the tariff it was billed by already, and any that bills the same, correct nothing', () => {
    const sealed = cdrOf(tariff);
    const nothing = { kind: 'refused', code: 'CORRECTION_CHANGES_NOTHING' };
    expect(reprice(sealed, tariff)).toEqual(nothing);
    expect(reprice(sealed, { ...tariff, tariffId: 'tar9' })).toEqual(nothing);
  });

  it('no session is billed in another currency than before', () => {
    expect(reprice(cdrOf(tariff), energyOnly('4.20', { currency: 'SEK' }))).toEqual({
      kind: 'refused',
      code: 'CORRECTION_OTHER_CURRENCY',
    });
  });

  it('a price above the limit of the operator is not billed by a correction either, which says why', () => {
    expect(reprice(cdrOf(tariff), energyOnly('900'))).toMatchObject({
      kind: 'refused',
      code: 'CORRECTION_HELD',
      anomalies: [{ code: 'PRICE_TOO_HIGH' }],
    });
  });

  it('readings that are not kept any more cannot be priced again', () => {
    expect(reprice(cdrOf(tariff), energyOnly('0.29'), stored.slice(1))).toEqual({
      kind: 'refused',
      code: 'READINGS_EXPIRED',
    });
  });

  it('a session that an operator declared void is billed by no tariff', () => {
    const basis = {
      decision: { kind: 'void', reason: 'A test.', decidedAt, decidedBy: by },
    } as const;
    const voided = cdrFromReadings(session, tariff, stored, rules, basis);
    const nothing = { kind: 'refused', code: 'CORRECTION_CHANGES_NOTHING' };
    expect(reprice(voided, energyOnly('0.29'))).toEqual(nothing);
    expect(creditByOperator(voided, goodwill)).toEqual(nothing);
  });
});

describe('a bill that is cancelled', () => {
  const original = cdrOf(tariff);
  const { credit, correction } = corrected(creditByOperator(original, goodwill));

  it('a bill that is cancelled is credited, and nothing is billed instead', () => {
    expect(correction).toBeUndefined();
    expect(credit).toMatchObject({ creditOf: original.cdrId, correction: goodwill });
    expect(amount(original) + amount(credit)).toBe(0n);
    expect(problemsOf([original, credit])).toEqual([]);
    expect(failedChecks(chainOf([original, credit])[1])).toEqual([]);
  });

  it('a credit for good gives the money back; the session took place, with its energy and its time', () => {
    if (original.total === null || credit.total === null) throw new Error('held');
    const [taken, back] = [
      figuresOf({ ...original, total: original.total }),
      figuresOf({ ...credit, total: credit.total }),
    ];
    expect(back).toEqual({
      sessions: 0n,
      energy: 0n,
      occupied: 0n,
      charging: 0n,
      idle: 0n,
      exclVat: -taken.exclVat,
      inclVat: -taken.inclVat,
    });
  });

  it('a chain in which another CDR bills the session all the same is not whole', () => {
    const again = repriced(original, energyOnly('0.29')).correction;
    expect(problemsOf([original, credit, again])).toEqual([
      'It replaces a CDR that an operator credited so that nothing is billed instead.',
    ]);
  });

  it('a bill of nothing is not credited', () => {
    expect(creditByOperator(cdrOf(energyOnly('0')), goodwill)).toEqual({
      kind: 'refused',
      code: 'CORRECTION_CHANGES_NOTHING',
    });
  });
});
