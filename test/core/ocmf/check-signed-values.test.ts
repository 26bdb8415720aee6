import { describe, expect, it } from 'vitest';
import {
  checkSignedValues,
  type KeysOf,
  type KnownKey,
} from '../../../core/ocmf/check-signed-values.ts';
import { holdsSignedRecord } from '../../../core/ocmf/find-signed-records.ts';
import {
  compressedPointOf,
  newSigner,
  type Signer,
  samplePayload,
  sampleReading,
  signatureOf,
  signedRecord,
} from './sign-record.ts';

const signer = newSigner('secp256r1');
const key = { text: signer.spki.toString('hex'), meterKeyId: 'mk_1' };
const other = { text: newSigner('secp256r1').spki.toString('hex'), meterKeyId: 'mk_0' };
const record = (transaction: string, hour: number, kwh: string, pagination = `T${hour}`) =>
  signedRecord(
    signer,
    samplePayload({ PG: pagination, RD: [sampleReading(transaction, hour, kwh)] }),
  );
const [begin, end] = [record('B', 10, '1.0'), record('E', 11, '2.0')];
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('records received several times', () => {
  it('checkSignedValues merges repeated records, with all contexts and one public key', () => {
    const inJson = (publicKey: string) =>
      JSON.stringify({ signedMeterData: base64(begin), publicKey });
    const values = [
      { value: inJson('bb'), context: 'Transaction.Begin' },
      { value: base64(begin), context: 'Sample.Periodic' },
      { value: inJson('aa'), context: 'Transaction.Begin' },
      { value: begin },
    ];

    for (const mixed of [values, values.toReversed()]) {
      expect(checkSignedValues(mixed, () => [key]).records).toMatchObject([
        {
          record: begin,
          publicKey: 'aa',
          contexts: ['Sample.Periodic', 'Transaction.Begin'],
          key,
        },
      ]);
    }
  });
});

describe('keys of a record', () => {
  it('checkSignedValues tries the keys until one fits and names the first when none does', () => {
    const checked = (keys: readonly (typeof key)[]) =>
      checkSignedValues([{ value: begin }], () => keys).records[0];

    expect(checked([other, key])).toMatchObject({ verdict: { kind: 'valid' }, key });
    expect(checked([other])).toMatchObject({ verdict: { kind: 'invalid' }, key: other });
    expect(checked([])).toMatchObject({ verdict: { reason: 'KEY_MISSING' } });
    expect(checked([])?.key).toBeUndefined();
  });

  it('checkSignedValues also asks for the keys of an unreadable record', () => {
    const asked: unknown[] = [];
    const { records } = checkSignedValues([{ value: 'OCMF|{}' }], (each) => {
      asked.push(each);
      return [key];
    });

    expect(asked).toEqual([undefined]);
    expect(records).toMatchObject([{ verdict: { reason: 'RECORD_MALFORMED' }, key }]);
  });
});

describe('record that is not UTF-8', () => {
  const payload = Buffer.from(
    JSON.stringify(samplePayload({ TT: 'Geb\u00fchr', RD: [sampleReading('B', 10, '1.0')] })),
    'latin1',
  );
  const signature = {
    SA: 'ECDSA-secp256r1-SHA256',
    SD: signatureOf(signer, payload).toString('hex'),
  };
  const bytes = Buffer.concat([
    Buffer.from('OCMF|'),
    payload,
    Buffer.from(`|${JSON.stringify(signature)}`),
  ]);

  it.each([
    ['base64', bytes.toString('base64')],
    ['hexadecimal digits', bytes.toString('hex')],
  ])(
    'a record that is not UTF-8 is verified over its bytes and stays in %s as received',
    (_about, text) => {
      const inJson = JSON.stringify({ signedMeterData: text, encodingMethod: 'OCMF' });

      for (const value of [text, inJson]) {
        expect(checkSignedValues([{ value }], () => [key]).records).toMatchObject([
          {
            format: 'ocmf',
            record: text,
            verdict: { kind: 'valid', remarks: ['NOT_UTF8', 'VALUE_AS_TEXT'] },
          },
        ]);
      }
      expect(holdsSignedRecord(text)).toBe(true);
    },
  );

  it('a record that is not UTF-8 is passed on as received when it is the billed start', () => {
    const values = [{ value: bytes.toString('base64') }, { value: end }];

    expect(checkSignedValues(values, () => [key]).verified).toMatchObject({
      start: { signed: bytes.toString('base64') },
      stop: { signed: end },
    });
  });
});

describe('large number of records', () => {
  const many = (count: number, transaction: string) =>
    Array.from({ length: count }, (_, n) => ({
      // Sorts before the others by its text, so that only its lower priority puts it after them.
      value: record(transaction, 10, '1.5', `F${n}`),
    }));

  it('checkSignedValues checks start and stop among very many records, wherever they occur', () => {
    const values = [...many(310, 'C'), { value: begin }, { value: end }];
    const { records, pair } = checkSignedValues(values, () => [key]);
    const reasons = records.map(({ verdict }) =>
      'reason' in verdict ? verdict.reason : verdict.kind,
    );

    expect(pair.kind).toBe('pair');
    const fault = { value: record('X', 10, '1.5') };
    expect(checkSignedValues([...values, fault], () => [key]).pair).toEqual({
      kind: 'no-pair',
      problems: ['EXCEPTION_DURING_CHARGING'],
    });
    expect(records.slice(0, 2).map((each) => each.isDecisive)).toEqual([true, true]);
    expect(reasons.filter((reason) => reason === 'valid')).toHaveLength(300);
    expect(reasons.filter((reason) => reason === 'NOT_CHECKED')).toHaveLength(12);
  });

  it('checkSignedValues finds no pair when there are more starts and stops than it checks', () => {
    const keys = Array.from({ length: 50 }, () => other);
    const values = [...many(10, 'B'), { value: begin }, { value: end }];

    expect(checkSignedValues(values, () => keys).pair).toEqual({
      kind: 'no-pair',
      problems: ['TOO_MANY_RECORDS'],
    });
  });
});

describe('several keys for one record', () => {
  const forged = { value: end.replace('2.0', '3.0') };
  const silent: KnownKey = { text: 'no key', meterKeyId: 'silent' };
  const against: KnownKey = { ...other, meterKeyId: 'against' };

  it('a record passes as unverified only when no key contradicts it, in any order of keys', () => {
    for (const keys of [
      [silent, against],
      [against, silent],
    ]) {
      expect(checkSignedValues([forged], () => keys).records).toMatchObject([
        { verdict: { reason: 'SIGNATURE_DOES_NOT_MATCH' }, key: { meterKeyId: 'against' } },
      ]);
    }
    expect(checkSignedValues([forged], () => [silent]).records).toMatchObject([
      { verdict: { reason: 'KEY_UNREADABLE' }, key: { meterKeyId: 'silent' } },
    ]);
  });
});

describe('start and stop without a meter serial', () => {
  const second = newSigner('secp256r1');
  const unnamed = (by: Signer, transaction: string, hour: number, kwh: string) => ({
    value: signedRecord(
      by,
      samplePayload({ MS: '', GS: '', RD: [sampleReading(transaction, hour, kwh)] }),
    ),
  });
  const keys: readonly KnownKey[] = [key, { text: second.spki.toString('hex') }];
  const pairBy = (starting: Signer, stopping: Signer, known: KeysOf = () => keys) =>
    checkSignedValues([unnamed(starting, 'B', 10, '1.0'), unnamed(stopping, 'E', 11, '2.0')], known)
      .pair;

  it('a start and a stop without a meter serial are no pair when two keys signed them', () => {
    expect(pairBy(signer, second)).toEqual({ kind: 'no-pair', problems: ['METERS_DIFFER'] });
    expect(pairBy(second, second).kind).toBe('pair');
  });

  it('a start and a stop without a meter serial are a pair in any encoding of the key that signed both', () => {
    const point = { text: compressedPointOf(signer).toString('base64') };

    expect(
      pairBy(signer, signer, (of) => [of?.readings[0]?.transaction === 'B' ? key : point]).kind,
    ).toBe('pair');
  });
});

describe('meter error during a session', () => {
  const timeWith = (EF: string) => {
    const RD = [sampleReading('X', 10, '1.5', { EF })];
    const fault = signedRecord(signer, samplePayload({ PG: 'T10', RD }));
    const values = [begin, fault, end].map((value) => ({ value }));
    const { pair } = checkSignedValues(values, () => [key]);
    return pair.kind === 'pair' ? pair.time : pair.problems;
  };

  it('a meter error of the clock alone keeps the energy and invalidates the times', () => {
    expect(timeWith('t')).toBe('none');
    expect(timeWith('E')).toEqual(['EXCEPTION_DURING_CHARGING']);
    expect(checkSignedValues([{ value: begin }, { value: end }], () => [key]).pair).toMatchObject({
      time: 'clock',
    });
  });
});
