import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import {
  endsMessage,
  recordOf,
  registered,
  signedContent,
  signedEnds,
  signedSample,
  stopMessage,
  wireRules,
} from './signed-samples.ts';

const known = { meterKeys: [registered()] };
const ends = signedEnds();
const whole = endsMessage(ends);
/** Text that does not shrink. */
const noise = (characters: number, seed: string): string => {
  let text = '';
  for (let n = 0; text.length < characters; n += 1) {
    text += createHash('sha512').update(`${seed} ${n}`).digest('base64');
  }
  return text.slice(0, characters);
};
const message = (samples: readonly object[]) => ({
  ...stopMessage(samples),
  key: '2026-03-02T11:00:00.000Z#stop#2',
});
const packed = (content: object) => deflateRawSync(canonicalJson(content)).length;

describe('a CDR with signed values', () => {
  it('a CDR keeps the signed start and stop whole, and of very many others as many as fit', () => {
    const records = Array.from({ length: 250 }, (_, n) =>
      recordOf('C', 30, `4.${String(n).padStart(4, '0')}`),
    );
    const others = records.map((record) =>
      signedSample(JSON.stringify({ signedMeterData: record, publicKey: 'b2NhOg==' })),
    );
    const content = signedContent([whole, message(others)], known);
    const { signedValues = [], signedValuesLeftOut } = content.evidence;
    const kept = signedValues.filter(({ record }) => record !== undefined);
    const hashed = signedValues.filter(({ recordHash }) => recordHash !== undefined);
    const all = new Set(records.map((text) => createHash('sha256').update(text).digest('hex')));

    expect(content.evidence.quality).toBe('signed');
    expect(signedValues.slice(0, 2).map(({ record }) => record)).toEqual(ends);
    expect(signedValues).toHaveLength(200);
    expect(signedValuesLeftOut).toBe(52);
    expect(kept.length).toBeGreaterThan(50);
    expect(hashed.length).toBe(200 - kept.length);
    for (const { recordHash, publicKey } of hashed) {
      expect(all).toContain(recordHash);
      expect(publicKey).toBeUndefined();
    }
    expect(kept.filter(({ publicKey }) => publicKey !== undefined).length).toBeGreaterThan(50);
    expect(packed(content)).toBeLessThan(200_000);
    const proof = { readings: [whole, message(others)], rules: wireRules };
    expect(verifyCdr({ ...content, state: 'sealed', seal: null }, proof).checks).toMatchObject(
      expect.arrayContaining([
        { check: 'signed', outcome: 'passed', message: expect.anything() },
        { check: 'content', outcome: 'passed', message: expect.anything() },
      ]),
    );
  });

  it('a CDR with signed values fits into an item of the store, however long its records are', () => {
    const samples = [1, 2, 3, 4].flatMap((n) => [
      signedSample(noise(120_000, `begin ${n}`), 'Transaction.Begin'),
      signedSample(noise(120_000, `end ${n}`), 'Transaction.End'),
      signedSample(noise(32_768, `short ${n}`), 'Transaction.End'),
    ]);
    const content = signedContent([message(samples)], known);

    expect(content.meterStart).not.toHaveProperty('signed');
    expect(content.total).not.toBeNull();
    expect(packed(content)).toBeLessThan(350_000);
  });

  it('a CDR with signed values names no context that OCPP does not have', () => {
    const samples = [
      signedSample(ends[0], noise(50_000, 'word')),
      signedSample(ends[0], 'Trigger'),
    ];

    expect(signedContent([message(samples)], known).evidence.signedValues).toMatchObject([
      { contexts: ['Trigger'] },
    ]);
  });
});
