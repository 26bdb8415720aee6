import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CdrBasis } from '../../../core/cdr/compute/cdr-basis.ts';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import { countReadings, readingsHash } from '../../../core/cdr/seal/readings-hash.ts';
import { contentHash, sealCdr, sealedText } from '../../../core/cdr/seal/seal-cdr.ts';
import type { CdrProof } from '../../../core/cdr/verify/cdr-proof.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import type { SessionEvent } from '../../../core/session/session-event.ts';
import { startedEvent, stoppedEvent, supersededEvent } from '../session/session-samples.ts';
import { ordinaryContent, rules, sessionOf, stored, tariff } from './cdr-samples.ts';
import { change, leavesOf } from './change-value.ts';
import { testSealKey } from './test-seal-key.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

const sealed = (
  previous?: { readonly sequence: number; readonly hash: string },
  content = ordinaryContent(),
): Cdr => {
  const seal = sealCdr(canonicalJson(content), previous, 'key1');
  const text = sealedText(contentHash(content), seal);
  const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64');
  return { ...content, state: 'sealed', seal: { ...seal, signature } };
};

const proof: CdrProof = { readings: stored, rules, key: testSealKey(publicKey) };

const signatureCheck = (cdr: Cdr, given: CdrProof) =>
  verifyCdr(cdr, given).checks.find(({ check }) => check === 'signature');

const failed = (cdr: Cdr, given: CdrProof = proof) =>
  verifyCdr(cdr, given)
    .checks.filter(({ outcome }) => outcome === 'failed')
    .map(({ check }) => check);

describe('canonical JSON', () => {
  it('canonical JSON has one form, whatever the order of the properties', () => {
    expect(canonicalJson({ b: [1, 'ü"'], a: { d: null, c: true }, e: undefined })).toBe(
      '{"a":{"c":true,"d":null},"b":[1,"ü\\""]}',
    );
  });

  it('canonical JSON accepts numbers that a double represents exactly, and no others', () => {
    expect(canonicalJson([7, 0.000001, 123456789.012345, -0, 2 ** 53])).toBe(
      '[7,0.000001,123456789.012345,0,9007199254740992]',
    );
    for (const inexact of [0.1 + 0.2, Number.NaN, Number.POSITIVE_INFINITY, 22_100.000000000004]) {
      expect(() => canonicalJson(inexact)).toThrow('not an exact number');
    }
    expect(() => canonicalJson(1n)).toThrow('not a value');
  });
});

describe('the hash over readings', () => {
  it('the hash over readings ignores order and repetition, but no byte', () => {
    const [first, ...rest] = stored;
    if (first === undefined) throw new Error('no readings');

    expect(readingsHash([...rest, first, first])).toBe(readingsHash(stored));
    expect(countReadings([...rest, first, first])).toBe(5);
    for (const changed of [
      { raw: `${first.raw} ` },
      { receivedAt: '2026-03-02T10:00:00.001Z' },
      { key: `${first.key}0` },
      { kind: 'stop' as const },
      { evseId: 2 },
      { connectorId: 2 },
    ]) {
      expect(readingsHash([{ ...first, ...changed }, ...rest])).not.toBe(readingsHash(stored));
    }
    expect(readingsHash([])).toBe(sha256(''));
  });
});

describe('a seal', () => {
  it('a seal appends a CDR to the previous one of its charger', () => {
    const content = ordinaryContent();
    const first = sealCdr(canonicalJson(content), undefined, 'key1');
    const second = sealCdr(canonicalJson(content), first, 'key1');

    expect(first).toMatchObject({ sequence: 1, previousHash: '0'.repeat(64), keyId: 'key1' });
    expect(second).toMatchObject({ sequence: 2, previousHash: first.hash });
    expect(contentHash(content)).toBe(sha256(canonicalJson(content)));
    expect(second.hash).toBe(sha256(`${first.hash}\n${contentHash(content)}\n2\nkey1`));
  });

  it('a seal remains valid for the CDR as sealed, also after a round trip through JSON', () => {
    const previous = { sequence: 4, hash: 'ab'.repeat(32) };
    const cdr = JSON.parse(JSON.stringify(sealed(previous))) as Cdr;

    const verdict = verifyCdr(cdr, { ...proof, previous });

    expect(verdict.valid).toBe(true);
    expect(verdict.checks.map(({ outcome }) => outcome)).toEqual(Array(8).fill('passed'));
  });

  it('verification skips what it was not given, and a held CDR has no seal to check', () => {
    const { seal: _seal, ...content } = sealed();
    const anomalies = [{ code: 'NO_TARIFF', severity: 'error', message: '' }] as const;
    const unpriced = { total: null, unrounded: null, lines: [], periods: [] };
    const held: Cdr = { ...content, ...unpriced, anomalies, state: 'held', seal: null };

    const checks = verifyCdr(held, {}).checks;

    expect(checks.filter(({ outcome }) => outcome === 'skipped')).toHaveLength(5);
    expect(failed(held, {})).toEqual([]);
    expect(failed({ ...held, state: 'sealed' }, {})).toContain('state');
  });

  it('a seal proves nothing without a signature that can be checked', () => {
    const cdr = sealed();
    const { key: _key, ...noKey } = proof;

    expect(verifyCdr(cdr, noKey).valid).toBe(false);
    expect(signatureCheck(cdr, noKey)).toEqual({
      check: 'signature',
      outcome: 'failed',
      message:
        'The signature cannot be checked: no public key was given, and the CDR carries none.',
    });
  });

  it('verification states that a signature was only checked against the key in the CDR itself', () => {
    const cdr = sealed();

    expect(signatureCheck(cdr, proof)?.message).toBe(
      'The CDR was signed by the key key1, which was given.',
    );
    const key = testSealKey(publicKey, 'carried');
    if (cdr.seal === null) throw new Error('not sealed');
    const carrying = { ...cdr, seal: { ...cdr.seal, publicKey: key.publicKey } };
    expect(signatureCheck(carrying, { key })).toEqual({
      check: 'signature',
      outcome: 'passed',
      message:
        'The CDR was signed by the key key1, which only came with the CDR itself: whose it is, the key of the operator (--public-key) or the published keys (--keys) show.',
    });
  });

  it('a seal belongs to one key: another key id breaks hash and signature', () => {
    const cdr = sealed();
    if (cdr.seal === null) throw new Error('not sealed');

    expect(failed({ ...cdr, seal: { ...cdr.seal, keyId: 'key2' } })).toEqual(['hash', 'signature']);
  });

  it('each verification message states what was found, not what was expected', () => {
    const cdr = sealed();
    if (cdr.seal === null) throw new Error('not sealed');
    const broken: Cdr = {
      ...cdr,
      accountId: 'another',
      seal: { ...cdr.seal, previousHash: 'f'.repeat(64) },
    };
    const sound = new Set(verifyCdr(cdr, proof).checks.map(({ message }) => message));

    const wrong = verifyCdr(broken, { ...proof, readings: [] }).checks.filter(
      ({ outcome }) => outcome === 'failed',
    );

    expect(wrong.map(({ check }) => check)).toEqual([
      'hash',
      'chain',
      'signature',
      'readings',
      'content',
    ]);
    for (const { message } of wrong) expect(sound).not.toContain(message);
  });

  it('changing any single value of a sealed CDR breaks its seal', () => {
    const cdr = sealed();
    const paths = leavesOf(cdr);

    expect(paths.length).toBeGreaterThan(60);
    for (const path of paths) {
      const broken = structuredClone(cdr);
      change(broken, path);
      expect(verifyCdr(broken, proof).valid, path.join('.')).toBe(false);
    }
  });

  it.each<[string, readonly SessionEvent[], CdrBasis]>([
    [
      'that was decided on',
      [startedEvent(), supersededEvent],
      {
        decision: {
          kind: 'setEnergy',
          energyKwh: 3.5,
          reason: 'Agreed.',
          tariffId: 'tar1',
          decidedAt: '2026-03-03T09:00:00.000Z',
          decidedBy: { apiKeyId: 'key1', name: 'Back office' },
        },
      },
    ],
    [
      'of an aborted session',
      [startedEvent(), stoppedEvent({ reason: 'EmergencyStop' })],
      {
        settings: {
          zeroEnergy: { bill: 'nothing', upToKwh: 0.5 },
          aborted: { waiveSessionFee: true, stopReasons: ['EmergencyStop', 'Other'] },
        },
        previousRegister: { sessionId: 'ses_before', wh: 1000 },
      },
    ],
  ])('changing any single value of a CDR %s breaks its seal', (_name, events, basis) => {
    const content = cdrFromReadings(sessionOf(...events), tariff, stored, rules, basis);
    const cdr = sealed(undefined, content);
    const paths = leavesOf(cdr);

    expect(verifyCdr(cdr, proof).valid).toBe(true);
    expect(paths.map((path) => path.join('.')).join(' ')).toMatch(/basis\.(?:decision|settings)\./);
    for (const path of paths) {
      const broken = structuredClone(cdr);
      change(broken, path);
      expect(verifyCdr(broken, proof).valid, path.join('.')).toBe(false);
    }
  });

  it('verification names the checks that a changed amount, chain or reading fails', () => {
    const cdr = sealed();
    const [first, ...rest] = stored;
    if (first === undefined || cdr.total === null || cdr.seal === null) throw new Error('no CDR');

    expect(failed({ ...cdr, total: { ...cdr.total, inclVat: '6.11' } })).toEqual([
      'arithmetic',
      'hash',
      'signature',
      'content',
    ]);
    expect(failed({ ...cdr, seal: { ...cdr.seal, previousHash: 'f'.repeat(64) } })).toEqual([
      'hash',
      'chain',
      'signature',
    ]);
    expect(failed(cdr, { ...proof, previous: { sequence: 7, hash: 'a' } })).toEqual(['chain']);
    const changed = { ...first, receivedAt: '2026-03-02T10:00:00.001Z' };
    expect(failed(cdr, { ...proof, readings: [changed, ...rest] })).toEqual([
      'readings',
      'content',
    ]);
  });
});
