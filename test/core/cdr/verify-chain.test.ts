import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import { creditCdr } from '../../../core/cdr/correct/credit-cdr.ts';
import { renumberCdr } from '../../../core/cdr/correct/renumber-cdr.ts';
import type { Cdr, CdrContent } from '../../../core/cdr/model/cdr.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import {
  type ChainEnd,
  contentHash,
  sealCdr,
  sealedText,
} from '../../../core/cdr/seal/seal-cdr.ts';
import { verifyChain } from '../../../core/cdr/verify/verify-chain.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { rules, sessionOf, stored, tariff } from './cdr-samples.ts';
import { testSealKey } from './test-seal-key.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const key = testSealKey(publicKey);

const sealed = (content: CdrContent, previous: ChainEnd | null | undefined): Cdr => {
  const seal = sealCdr(canonicalJson(content), previous ?? undefined, 'key1');
  const text = sealedText(contentHash(content), seal);
  const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64');
  return { ...content, state: 'sealed', seal: { ...seal, signature } };
};

const contentBy = (meterStop: number): CdrContent =>
  cdrFromReadings(sessionOf(startedEvent(), stoppedEvent({ meterStop })), tariff, stored, rules);

/** A CDR that was credited, its credit, and its replacement. */
const chainOf = (original: CdrContent, credit: CdrContent, correction: CdrContent) => {
  const first = sealed(original, undefined);
  const second = sealed(credit, first.seal);
  const third = sealed(correction, second.seal);
  const credited: Cdr = { ...first, state: 'credited', creditedBy: second.cdrId };
  return [credited, second, third] as const;
};

const original = contentBy(8000);
const correction = renumberCdr(contentBy(8100), 2);
const chain = chainOf(original, creditCdr(original), correction);
const [first, second, third] = chain;
const held: Cdr = {
  ...cdrFromReadings(sessionOf(startedEvent(), stoppedEvent()), undefined, stored, rules),
  state: 'held',
  seal: null,
};

const { chargerId } = original;
const verdictOn = (cdrs: unknown) => verifyChain(chargerId, cdrs, () => key);
const broken = (cdrs: readonly Cdr[]) => verdictOn(cdrs).problems.map(({ cdrId }) => cdrId);

describe('the chain of a charger', () => {
  it('a chain with all of its CDRs is valid, in whatever order they are given', () => {
    const verdict = verdictOn([third, held, first, second]);

    expect(verdict).toMatchObject({ valid: true, cdrs: 3, held: 1, problems: [] });
    expect(verdict.keys).toEqual([{ keyId: 'key1', source: 'given', publicKey: key.publicKey }]);
    expect(verdict.end).toEqual({ sequence: 3, hash: third.seal?.hash });
    expect(verdict.checks.map(({ check, outcome }) => [check, outcome])).toEqual(
      ['shape', 'charger', 'places', 'seals', 'parts', 'held'].map((check) => [check, 'passed']),
    );
  });

  it('a chain without a sealed CDR proves nothing and is not valid', () => {
    for (const none of [[], [held]]) {
      expect(verdictOn(none)).toMatchObject({
        valid: false,
        cdrs: 0,
        problems: [{ cdrId: '', message: 'There is no sealed CDR: nothing is proved.' }],
      });
    }
  });

  it('a chain is of the charger that was named, in whatever case, and of one operator', () => {
    const named = (name: string) => verifyChain(name, chain, () => key);
    expect(named(chargerId.toUpperCase()).valid).toBe(true);
    expect(named('another').problems).toContainEqual({
      cdrId: first.cdrId,
      message: `It is of the charger ${chargerId}.`,
    });
    const other = sealed({ ...original, cdrId: 'cdr_x', operatorId: 'op_x' }, third.seal);
    expect(verdictOn([...chain, other]).problems).toContainEqual({
      cdrId: 'cdr_x',
      message: 'It is of another operator, op_x.',
    });
  });

  it('a CDR of a chain that was made to look held leaves a gap, or has no reason to be held', () => {
    const unpriced = { total: null, unrounded: null, lines: [], periods: [] };
    const hide = (cdr: Cdr): Cdr => ({ ...cdr, ...unpriced, state: 'held', seal: null });
    const { creditedBy: _since, ...hidden } = first;
    expect(verdictOn([hide(hidden), second, third]).checks.map(({ outcome }) => outcome)).toContain(
      'failed',
    );
    expect(verdictOn([first, second, hide(third)]).problems[0]?.cdrId).toBe(third.cdrId);
  });

  it('a chain with a CDR before the credited one is equally valid', () => {
    const other = sealed({ ...contentBy(8200), cdrId: 'cdr_other' }, undefined);
    const one = sealed(original, other.seal);
    const two = sealed(creditCdr(original), one.seal);
    const credited: Cdr = { ...one, state: 'credited', creditedBy: two.cdrId };

    expect(verdictOn([other, credited, two, sealed(correction, two.seal)]).problems).toEqual([]);
  });

  it('a chain detects each missing CDR except the last', () => {
    const { valid, problems } = verdictOn([second, third]);
    expect(valid).toBe(false);
    expect(problems).toContainEqual({
      cdrId: second.cdrId,
      message: 'Its sequence number is 2; 1 was expected.',
    });
    expect(problems).toContainEqual({
      cdrId: second.cdrId,
      message:
        'It credits a CDR that does not come before it, or other amounts than that CDR states.',
    });
    expect(broken([first, third])).toContain(third.cdrId);
    expect(verdictOn([first, second])).toMatchObject({ valid: true, cdrs: 2, problems: [] });
  });

  it('a chain detects a CDR that occurs twice, was changed, or does not follow its predecessor', () => {
    expect(broken([first, second, second, third])).toContain(second.cdrId);
    expect(broken([first, second, { ...third, accountId: 'other' }])).toEqual([
      third.cdrId,
      third.cdrId,
    ]);
    const after = { sequence: 2, hash: 'a'.repeat(64) };
    expect(verdictOn([first, second, sealed(correction, after)]).problems).toEqual([
      {
        cdrId: third.cdrId,
        message: 'The CDR does not follow the one given as its predecessor.',
      },
    ]);
  });

  it('a credit comes after the CDR that it negates, never before', () => {
    const early = sealed(creditCdr(original), undefined);
    const one = sealed(original, early.seal);
    const credited: Cdr = { ...one, state: 'credited', creditedBy: early.cdrId };

    expect(verdictOn([early, credited]).problems.map(({ message }) => message)).toEqual([
      'It credits a CDR that does not come before it, or other amounts than that CDR states.',
      'Its state is credited, but the credit is missing.',
    ]);
  });

  it('no session is billed or credited twice, even with a seal for each', () => {
    const billedTwice = sealed(original, third.seal);
    expect(verdictOn([...chain, billedTwice]).problems).toEqual([
      { cdrId: first.cdrId, message: 'An earlier CDR has the same id.' },
    ]);
    const creditedTwice = sealed(creditCdr(original), third.seal);
    expect(verdictOn([...chain, creditedTwice]).problems).toEqual([
      { cdrId: second.cdrId, message: 'An earlier CDR has the same id.' },
    ]);
  });

  it('a credit negates a CDR of its chain to the last value, and only a credited CDR is replaced', () => {
    const another = creditCdr({ ...original, accountId: 'other' });
    expect(verdictOn(chainOf(original, another, correction)).problems).toEqual([
      {
        cdrId: second.cdrId,
        message:
          'It credits a CDR that does not come before it, or other amounts than that CDR states.',
      },
    ]);
    const { creditedBy: _since, ...sealedOne } = first;
    const neverCredited: Cdr = { ...sealedOne, state: 'sealed' };
    expect(broken([neverCredited, second, third])).toEqual([second.cdrId, third.cdrId]);
    const alone = sealed(renumberCdr(contentBy(8100), 3), first.seal);
    expect(verdictOn([first, alone]).problems.map(({ message }) => message)).toEqual([
      'Its state is credited, but the credit is missing.',
      'It replaces a CDR that was not credited first.',
    ]);
  });
});
