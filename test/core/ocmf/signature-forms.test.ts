import { describe, expect, it } from 'vitest';
import {
  checkSignedRecord,
  checkSignedValues,
  type KnownKey,
} from '../../../core/ocmf/check-signed-values.ts';
import { curveOfAlgorithm, curves } from '../../../core/ocmf/curves.ts';
import {
  curveNames,
  newSigner,
  samplePayload,
  sampleReading,
  signatureOf,
  signedRecord,
} from './sign-record.ts';

const halfOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const bytesOf = (number: bigint, length: number): Buffer =>
  Buffer.from(number.toString(16).padStart(2 * length, '0'), 'hex');

describe('a signature', () => {
  it.each(curveNames)(
    'a record of %s is valid with either of the two values of s that a meter may write',
    (curve) => {
      const signer = newSigner(curve);
      const text = JSON.stringify(samplePayload());
      const raw = signatureOf(signer, text, 'ieee-p1363');
      const size = curves[curve].bytes;
      const [r, s] = [raw.subarray(0, size), halfOf(raw.subarray(size))];
      const key: KnownKey = { text: signer.spki.toString('hex'), meterKeyId: 'mk_1' };

      for (const value of [s, curves[curve].n - s]) {
        const data = Buffer.concat([r, bytesOf(value, size)]).toString('hex');
        const record = signedRecord(signer, text, { SD: data });
        expect(checkSignedRecord({ format: 'ocmf', record }, () => [key])).toMatchObject({
          verdict: { kind: 'valid' },
          key,
        });
      }
    },
  );
});

describe('one record', () => {
  const signer = newSigner('secp256r1');
  const key: KnownKey = { text: signer.spki.toString('hex'), meterKeyId: 'mk_1' };
  const record = signedRecord(signer, samplePayload());

  it('a record of a format that is not verified says so, and no key is asked for', () => {
    const asked: unknown[] = [];

    const checked = checkSignedRecord({ format: 'edl', record }, (one) => {
      asked.push(one);
      return [key];
    });

    expect(checked).toMatchObject({
      verdict: { kind: 'unverified', reason: 'FORMAT_NOT_VERIFIED' },
    });
    expect(checked).not.toHaveProperty('key');
    expect(asked).toEqual([]);
  });

  it('a record alone is checked as among others, by the keys of its meter', () => {
    const serials: unknown[] = [];

    const checked = checkSignedRecord({ format: 'ocmf', record }, (one) => {
      serials.push(one?.meter.serial);
      return [key];
    });
    const [among] = checkSignedValues([{ value: record }], () => [key]).records;

    expect(checked).toEqual({ verdict: among?.verdict, key: among?.key });
    expect(serials).toEqual(['M-1']);
  });

  it('a record that cannot be read is checked by the keys that nothing of it names', () => {
    const serials: unknown[] = [];

    const checked = checkSignedRecord({ format: 'ocmf', record: 'OCMF|{' }, (one) => {
      serials.push(one);
      return [];
    });

    expect(checked).toMatchObject({ verdict: { reason: 'RECORD_MALFORMED' } });
    expect(serials).toEqual([undefined]);
  });
});

describe('the pair of a session', () => {
  const [first, second] = [newSigner('secp256r1'), newSigner('secp256r1')];
  const keys = [first, second].map(({ spki }, index) => ({
    text: spki.toString('hex'),
    meterKeyId: `mk_${index}`,
  }));
  const recordBy = (signer: typeof first, letter: string, hour: number, kwh: string) =>
    signedRecord(signer, samplePayload({ MS: '', GS: '', RD: [sampleReading(letter, hour, kwh)] }));

  it.each([
    ['with the start by another key', second, first],
    ['with the stop by another key', first, second],
  ])('start and stop of a meter without a number are no pair %s', (_, ofStart, ofStop) => {
    const values = [recordBy(ofStart, 'B', 10, '1.0'), recordBy(ofStop, 'E', 11, '2.0')];

    const { pair } = checkSignedValues(
      values.map((value) => ({ value })),
      () => keys,
    );

    expect(pair).toEqual({ kind: 'no-pair', problems: ['METERS_DIFFER'] });
  });
});

describe('the name of an algorithm', () => {
  it.each([
    ['ECDSA-secp256r1-SHA256', 'secp256r1'],
    ['  ecdsa-SECP256R1-sha256\n', 'secp256r1'],
    ['ECDSA-prime256v1-SHA256', 'secp256r1'],
    ['XECDSA-secp256r1-SHA256', undefined],
    ['ECDSA-secp256r1-SHA256X', undefined],
    ['ECDSA-secp256r1-SHA512', undefined],
    ['ECDSA-unknown-SHA256', undefined],
  ])('curveOfAlgorithm reads %j as %s', (algorithm, curve) => {
    expect(curveOfAlgorithm(algorithm)).toBe(curve);
  });
});
