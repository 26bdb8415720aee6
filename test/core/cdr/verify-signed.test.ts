import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Cdr, CdrContent } from '../../../core/cdr/model/cdr.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import { contentHash, sealCdr, sealedText } from '../../../core/cdr/seal/seal-cdr.ts';
import type { CdrProof } from '../../../core/cdr/verify/cdr-proof.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { newSigner } from '../ocmf/sign-record.ts';
import {
  endsMessage,
  recordOf,
  registered,
  signedContent,
  signedEnds,
  signedOnly,
  signedSample,
  stopMessage,
  wireRules,
} from './signed-samples.ts';
import { testSealKey } from './test-seal-key.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const ends = signedEnds();
const stored = [endsMessage(ends)];
const proof = {
  readings: stored,
  rules: wireRules,
  key: testSealKey(publicKey),
};
const failuresOf = (cdr: Cdr, given: CdrProof) =>
  verifyCdr(cdr, given).checks.filter(({ outcome }) => outcome === 'failed');
const known = { meterKeys: [registered({ validFrom: '2026-01-01T00:00:00.000Z' })] };

const sealed = (content: CdrContent): Cdr => {
  const seal = sealCdr(canonicalJson(content), undefined, 'key1');
  const text = sealedText(contentHash(content), seal);
  const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64');
  return { ...content, state: 'sealed', seal: { ...seal, signature } };
};

const tampered = endsMessage([ends[0], ends[1].replace('8.005', '8.006')]);

const held = (): Cdr => {
  const content = signedContent([tampered], known, signedOnly);
  return { ...content, state: 'held', seal: null };
};

/** A text in base64 again and again. */
const nested = (text: string, times: number): string =>
  times === 0 ? text : nested(Buffer.from(text).toString('base64'), times - 1);

const checkOf = (cdr: Cdr, name: string, given: Parameters<typeof verifyCdr>[1] = proof) =>
  verifyCdr(cdr, given).checks.find(({ check }) => check === name);

/** The CDR as somebody would have changed its text. */
const rewritten = (cdr: Cdr, from: string, to: string): Cdr => {
  const text = JSON.stringify(cdr);
  expect(text).toContain(from);
  return JSON.parse(text.replaceAll(from, to)) as Cdr;
};

describe('the verdict on a CDR with signed values', () => {
  const cdr = sealed(signedContent(stored, known));

  it('verification states how many signed values there are and that they are billed', () => {
    expect(verifyCdr(JSON.parse(JSON.stringify(cdr)), proof)).toMatchObject({ valid: true });
    expect(checkOf(cdr, 'signed')).toEqual({
      check: 'signed',
      outcome: 'passed',
      message: 'Signed values: 2 valid. The energy was taken from the signed start and stop.',
    });
  });

  it('verification of signed values needs no readings', () => {
    expect(checkOf(cdr, 'signed', {})?.outcome).toBe('passed');
    const cut = rewritten(cdr, '8.005', '8.105');
    expect(checkOf(cut, 'signed', {})?.outcome).toBe('failed');
  });

  it('verification of a held CDR states that forged values were not used', () => {
    const message =
      'Signed values: 1 valid, 1 invalid (SIGNATURE_DOES_NOT_MATCH). The energy was not taken from them.';

    expect(checkOf(held(), 'signed')).toMatchObject({ outcome: 'passed', message });
  });

  it('verification fails if a record in an unverified format is stated to be valid', () => {
    const alfen = stopMessage([signedSample('AP;0;3;ABCDEFGHIJKLMNOPQRST', 'Transaction.End')]);
    const unverified = sealed(signedContent([alfen]));

    expect(checkOf(unverified, 'signed', {})?.outcome).toBe('passed');
    const claimed = rewritten(unverified, 'FORMAT_NOT_VERIFIED', 'KEY_MISSING');
    expect(checkOf(claimed, 'signed', {})?.outcome).toBe('failed');
  });

  it.each([
    ['is labelled OCMF but is not a record', 'no record of a meter'],
    ['is nested deeper than records are unwrapped', nested(ends[0], 9)],
  ])('verification agrees about a record that %s', (_about, signedMeterData) => {
    const value = JSON.stringify({ encodingMethod: 'OCMF', signedMeterData });
    const odd = stopMessage([signedSample(value, 'Transaction.End')]);
    const given = { ...proof, readings: [odd] };

    for (const basis of [known, {}]) {
      const content = signedContent([odd], basis);
      expect(content.evidence.signedValues).toMatchObject([
        { format: 'ocmf', verdict: { reason: 'RECORD_MALFORMED' } },
      ]);
      const made: Cdr =
        content.total === null ? { ...content, state: 'held', seal: null } : sealed(content);
      expect(failuresOf(made, given)).toEqual([]);
    }
  });

  it('verification agrees about records left unchecked only if there are too many', () => {
    const long = ends[0].replace('OCMF|{', `OCMF|{"TT":"${'x'.repeat(100_000)}",`);
    const torn = Array.from({ length: 150 }, (_, n) => `OCMF|{"RD":[]}|{"SD":"30","N":${n}}`);
    const many = stopMessage([long, ...torn].map((record) => signedSample(record)));
    const meterKeys = [registered(), registered({}, newSigner('secp256r1'))];
    const content = signedContent([many], { meterKeys });
    const made: Cdr = { ...content, state: 'held', seal: null };
    const reasons = content.evidence.signedValues?.map(({ verdict }) => verdict.reason);

    expect(reasons?.filter((reason) => reason === 'NOT_CHECKED')).toHaveLength(1);
    expect(failuresOf(made, { ...proof, readings: [many] })).toEqual([]);
    const fewer = {
      ...content.evidence,
      signedValues: content.evidence.signedValues?.slice(-100) ?? [],
    };
    expect(checkOf({ ...made, evidence: fewer }, 'signed', {})?.outcome).toBe('failed');
  });

  describe('of very many signed values', () => {
    const meterKeys = [registered(), registered({}, newSigner('secp256r1'))];
    const torn = (count: number) =>
      Array.from({ length: count }, (_, n) => `OCMF|{"RD":[]}|{"SD":"30","N":${n}}`);
    const alfen = 'AP;0;3;ABCDEFGHIJKLMNOPQRST';
    const heldOf = (records: readonly string[]): Cdr => {
      const many = stopMessage(records.map((record) => signedSample(record)));
      return { ...signedContent([many], { meterKeys }), state: 'held', seal: null };
    };
    const outcomeOf = (cdr: Cdr) => checkOf(cdr, 'signed', {})?.outcome;
    const notChecked = {
      kind: 'unverified' as const,
      reason: 'NOT_CHECKED',
      message: 'The session has more signed values than are verified; this one was only stored.',
      remarks: [],
    };
    /** The CDR with the statement that a record was one too many to be checked. */
    const claimingTooMany = (cdr: Cdr, isClaimed: (record: string) => boolean): Cdr => {
      const signedValues = cdr.evidence.signedValues?.map((value) =>
        isClaimed(value.record ?? '') ? { ...value, verdict: notChecked } : value,
      );
      return { ...cdr, evidence: { ...cdr.evidence, signedValues: signedValues ?? [] } };
    };

    it('verification agrees about the unchecked ones of very many signed values, even if some are only counted', () => {
      const cdr = heldOf(torn(260));
      const reasons = cdr.evidence.signedValues?.map(({ verdict }) => verdict.reason);

      expect(cdr.evidence.signedValuesLeftOut).toBe(60);
      expect(reasons?.filter((reason) => reason === 'NOT_CHECKED')).toHaveLength(50);
      expect(outcomeOf(cdr)).toBe('passed');
    });

    it('verification refuses the claim of too many signed values if all were checked', () => {
      const cdr = heldOf(torn(150));

      expect(outcomeOf(cdr)).toBe('passed');
      expect(outcomeOf(claimingTooMany(cdr, (record) => record.includes('"N":7}')))).toBe('failed');
    });

    it('verification accepts no other verdict because there are too many signed values', () => {
      const cdr = heldOf(torn(151));

      expect(outcomeOf(cdr)).toBe('passed');
      expect(outcomeOf(rewritten(cdr, 'SIGNATURE_MALFORMED', 'SIGNATURE_MISSING'))).toBe('failed');
    });

    it('verification refuses that a record was one too many if it is never checked anyway', () => {
      const cdr = heldOf([...torn(151), alfen]);

      expect(outcomeOf(cdr)).toBe('passed');
      expect(outcomeOf(claimingTooMany(cdr, (record) => record === alfen))).toBe('failed');
    });
  });

  it('verification knows the verdict on a record in another format that is too long to be kept', () => {
    const long = `AP;0;3;${'A'.repeat(100_000)}`;
    const cdr = sealed(signedContent([stopMessage([signedSample(long)])]));

    expect(cdr.evidence.signedValues?.[0]).not.toHaveProperty('record');
    expect(checkOf(cdr, 'signed', {})?.outcome).toBe('passed');
    const claimed = rewritten(cdr, 'FORMAT_NOT_VERIFIED', 'KEY_MISSING');
    expect(checkOf(claimed, 'signed', {})?.outcome).toBe('failed');
  });

  it('verification states every reason once, in a fixed order', () => {
    const alfen = 'AP;0;3;ABCDEFGHIJKLMNOPQRST';
    const values = [ends[1], ends[0], alfen].map((record) => signedSample(record));
    const cdr = sealed(signedContent([stopMessage(values)]));

    expect(checkOf(cdr, 'signed', {})?.message).toBe(
      'Signed values: 3 unverified (FORMAT_NOT_VERIFIED, KEY_MISSING). The energy was not taken from them.',
    );
  });

  it('verification states that a genuine pair of another session was not used', () => {
    const stray = endsMessage([recordOf('B', -60, '1.000'), recordOf('E', 0, '8.005')]);
    const cdr: Cdr = { ...signedContent([stray], known), state: 'held', seal: null };

    expect(checkOf(cdr, 'signed', {})?.message).toBe(
      'Signed values: 2 valid. The energy was not taken from them.',
    );
  });

  it('verification states that signed values without a pair were not used, whatever quality the CDR claims', () => {
    const { signedPair: _none, ...evidence } = cdr.evidence;

    expect(checkOf({ ...cdr, evidence }, 'signed', {})).toEqual({
      check: 'signed',
      outcome: 'passed',
      message: 'Signed values: 2 valid. The energy was not taken from them.',
    });
    expect(checkOf(held(), 'signed', {})?.message).toBe(
      checkOf(rewritten(held(), '"register"', '"signed"'), 'signed', {})?.message,
    );
  });

  it('verification fails if signed values are malformed', () => {
    const formless = rewritten(cdr, '"signedValues":[', '"signedValues":[null,');
    expect(checkOf(formless, 'shape', {})?.message).toBe(
      'This is no CDR: evidence.signedValues[0] is missing or malformed.',
    );
    const inexact = rewritten(cdr, '"kind":"valid"', `"kind":"valid","sum":${0.1 + 0.2}`);
    expect(checkOf(inexact, 'signed', {})).toEqual({
      check: 'signed',
      outcome: 'failed',
      message: 'The signed values cannot be evaluated.',
    });
  });

  it('verification skips signed values if there are none', () => {
    expect(checkOf(sealed(signedContent([])), 'signed')).toBeUndefined();
  });

  const [key] = known.meterKeys;
  const hex = key?.publicKey ?? '';

  it.each([
    ['a digit of a record', '8.005', '8.015'],
    ['a verdict', '"kind":"valid"', '"kind":"unverified"'],
    ['the message of a verdict', 'was signed by its meter', 'was signed by somebody'],
    ['the id of a key', key?.meterKeyId ?? '', 'mk_00000000000000000000000000'],
    ['a key', hex, newSigner('secp256r1').spki.toString('hex')],
    ['the start of the validity of a key', '2026-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
  ])('verification fails if %s is changed, even without readings', (_about, from, to) => {
    expect(checkOf(rewritten(cdr, from, to), 'signed', {})?.outcome).toBe('failed');
    expect(verifyCdr(rewritten(cdr, from, to), proof).valid).toBe(false);
  });

  it('verification of signed values states what is wrong', () => {
    const id = key?.meterKeyId ?? '';
    const other = 'mk_00000000000000000000000000';

    expect(checkOf(rewritten(cdr, id, other), 'signed', {})?.message).toBe(
      `The key with the id ${other} is a different one.`,
    );
    expect(checkOf(rewritten(cdr, '8.005', '8.015'), 'signed', {})?.message).toBe(
      'The stated verdict on a signed value is not the one it gets.',
    );
  });
});

describe('a CDR with signed values breaks when any one value of them is changed', () => {
  const leavesOf = (
    value: unknown,
    path: readonly string[] = [],
  ): readonly (readonly string[])[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, name]))
      : [path];
  const changed = (value: unknown): unknown => {
    if (typeof value === 'number') return value + 1.1;
    if (typeof value === 'string') return value.replace(/.$/, (end) => (end === '1' ? '2' : '1'));
    return 'changed';
  };
  const changedAt = (cdr: Cdr, path: readonly string[]): Cdr => {
    const copy = structuredClone(cdr);
    const holder = path
      .slice(0, -1)
      .reduce<object>((at, name) => Object.getOwnPropertyDescriptor(at, name)?.value, copy);
    const last = path.at(-1) ?? '';
    const before = Object.getOwnPropertyDescriptor(holder, last)?.value;
    Object.assign(holder, { [last]: changed(before) });
    return copy;
  };
  const signedPaths = (cdr: Cdr) =>
    leavesOf(cdr).filter((path) => /signed|meterKeys/i.test(path.join('.')));

  it.each([
    ['sealed', sealed(signedContent(stored, known)), stored],
    ['held, which no hash protects', held(), [tampered]],
  ])(
    'changing any single value of the signed values breaks a CDR that is %s',
    (_about, cdr, readings) => {
      const given = { ...proof, readings };
      const paths = signedPaths(cdr);

      expect(paths.length).toBeGreaterThan(15);
      expect(failuresOf(cdr, given)).toEqual([]);
      for (const path of paths) {
        expect(verifyCdr(changedAt(cdr, path), given).verdict, path.join('.')).toBe('not valid');
      }
    },
  );
});
