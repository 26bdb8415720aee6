import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import { samplePayload, sampleReading, signedRecord } from '../ocmf/sign-record.ts';
import { ordinaryContent } from './cdr-samples.ts';
import {
  codes,
  detailOf,
  endsMessage,
  known,
  meter,
  recordOf,
  registered,
  signedContent,
  signedEnds,
  signedSample,
  stopMessage,
  unsigned,
} from './signed-samples.ts';

const ends = signedEnds();
const whole = endsMessage(ends);
const forged = (record: string) => record.replace('8.005', '9.005');

describe('a session whose meter signs', () => {
  it('a session with signed values is billed by the verified start and stop', () => {
    const content = signedContent([whole], known);

    expect(content).toMatchObject({
      energyKwh: 7.005,
      meterStart: { wh: 1000, at: '2026-03-02T10:00:00.000Z', signed: ends[0] },
      meterStop: { wh: 8005, at: '2026-03-02T11:00:00.000Z', signed: ends[1] },
      total: { exclVat: '2.80' },
      evidence: {
        quality: 'signed',
        basis: known,
        signedPair: {
          kind: 'pair',
          energyKwh: 7.005,
          meterSerial: 'M-1',
          time: 'clock',
          stray: [],
        },
      },
    });
    expect(codes(content)).toEqual([]);
    expect(content.evidence.signedValues).toEqual(
      [
        [ends[0], 'Transaction.Begin'],
        [ends[1], 'Transaction.End'],
      ].map(([record, context]) => ({
        format: 'ocmf',
        record,
        contexts: [context],
        verdict: {
          kind: 'valid',
          message: 'The record was signed by its meter and is unchanged.',
          remarks: ['VALUE_AS_TEXT'],
          meterKeyId: registered().meterKeyId,
        },
      })),
    );
  });

  it('a session with signed values is billed as usual, with an anomaly, if no key of its meter is registered', () => {
    const content = signedContent([whole]);

    expect(content).toMatchObject(unsigned);
    expect(content.evidence.quality).toBe('register');
    expect(content).toMatchObject({
      meterStart: { signed: ends[0] },
      meterStop: { signed: ends[1] },
    });
    expect(detailOf(content, 'SIGNED_UNVERIFIED')).toContain('No public key is known');
    expect(codes(content)).toEqual(['SIGNED_UNVERIFIED']);
  });

  it.each([
    ['more', '15.000', 14],
    ['next to nothing', '1.100', 0.1],
  ])(
    'a session is held if its signed values, which nobody can verify, show %s than its register',
    (_much, stop, shown) => {
      const ends = [recordOf('B', 0, '1.000'), recordOf('E', 60, stop)] as const;
      const content = signedContent([endsMessage(ends)]);

      expect(content.total).toBeNull();
      expect(codes(content)).toContain('ENERGY_CONTRADICTED');
      expect(detailOf(content, 'ENERGY_CONTRADICTED')).toContain('could not be verified');
      expect(content.candidates?.[0]).toMatchObject({
        by: 'unverified-signed-values',
        energyKwh: shown,
        reason: `Signed values that could not be verified show 1000 Wh at the start and ${1000 + shown * 1000} Wh at the stop.`,
        total: { currency: 'EUR' },
      });
      expect(content.candidates?.map(({ by }) => by)).toContain('register-ends');
    },
  );

  it('signed values that nobody can verify hold no session that they are not of', () => {
    const ends = [recordOf('B', -600, '1.000'), recordOf('E', -540, '25.000')] as const;
    const content = signedContent([endsMessage(ends)]);

    expect(content).toMatchObject(unsigned);
  });

  it('one forged digit holds a session, and the forged value is never billed', () => {
    const content = signedContent([endsMessage([ends[0], forged(ends[1])])], known);

    expect(content).toMatchObject({ energyKwh: 7, total: null, lines: [] });
    expect(content.evidence.quality).toBe('register');
    expect(codes(content)).toEqual(['SIGNED_INVALID', 'SIGNED_NO_PAIR']);
    expect(detailOf(content, 'SIGNED_NO_PAIR')).toContain('No signed reading');
  });

  it('a changed signed record is never billed, whichever letter was changed', () => {
    const text = ends[1];
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, to) => {
        const changed = text.slice(0, at) + to + text.slice(at + 1);
        const content = signedContent([endsMessage([ends[0], changed])], known);

        // Letters of the signature may be of either case, and some of it may not matter.
        if (content.evidence.quality === 'signed') expect(content.energyKwh).toBe(7.005);
        else expect(content.energyKwh).toBe(7);
      }),
      { numRuns: 60 },
    );
  });

  it('a CDR with signed values is byte for byte the same for any order and repetition of the values', () => {
    const parts = ends.map((record, index) => ({
      ...stopMessage([signedSample(record, index === 0 ? 'Transaction.Begin' : 'Transaction.End')]),
      key: `2026-03-02T11:00:00.000Z#stop#${index}`,
    }));
    const expected = canonicalJson(signedContent(parts, known));
    fc.assert(
      fc.property(fc.shuffledSubarray([...parts, ...parts], { minLength: 4 }), (mixed) => {
        expect(canonicalJson(signedContent(mixed, known))).toBe(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('a session whose signed and unsigned energy differ is billed by the signed one, with an anomaly', () => {
    const content = signedContent([endsMessage([ends[0], recordOf('E', 60, '8.500')])], known);

    expect(content).toMatchObject({ energyKwh: 7.5, total: { exclVat: '3.00' } });
    expect(codes(content)).toEqual(['SIGNED_MISMATCH']);
  });

  it('one signed record with both ends is enough', () => {
    const RD = [
      sampleReading('B', 11, '1.000'),
      sampleReading('E', 12, '8.005', { TM: '2026-03-02T12:00:00,000+0100 R' }),
    ];
    const record = signedRecord(meter, samplePayload({ RD }));
    const content = signedContent([stopMessage([signedSample(record, 'Transaction.End')])], known);

    expect(content).toMatchObject({
      energyKwh: 7.005,
      meterStart: { signed: record },
      meterStop: { signed: record },
      evidence: { signedPair: { kind: 'pair', time: 'duration' } },
    });
  });

  it('a session with only a signed start is billed unsigned, with an anomaly that names what is missing', () => {
    const content = signedContent([stopMessage([signedSample(ends[0])])], known);

    expect(content).toMatchObject(unsigned);
    expect(codes(content)).toEqual(['SIGNED_NO_PAIR']);
    expect(content.evidence.signedPair).toEqual({ kind: 'no-pair', problems: ['STOP_MISSING'] });
  });

  it.each([
    ['its status is not good', [recordOf('E', 60, '8.005', { reading: { ST: 'F' } })]],
    ['its energy is unusable', [recordOf('E', 60, '8.005', { reading: { EF: 'E' } })]],
    ['an error came in between', [recordOf('X', 30, '4.000'), ends[1]]],
    ['its register went back', [recordOf('E', 60, '0.500')]],
  ])('a session is held if the meter itself reports that %s', (_about, later) => {
    const samples = [ends[0], ...later].map((record) => signedSample(record));
    const content = signedContent([stopMessage(samples)], known);

    expect(codes(content)).toEqual(['SIGNED_METER_FAULT', 'SIGNED_NO_PAIR']);
    expect(content.total).toBeNull();
  });

  it('a CDR keeps the signed texts of a start and stop that OCPP does not mark', () => {
    const content = signedContent([stopMessage(ends.map((record) => signedSample(record)))]);

    expect(content).toMatchObject({
      meterStart: { signed: ends[0] },
      meterStop: { signed: ends[1] },
    });
  });

  it('a CDR keeps the signed texts as they were sent if OCPP marks them', () => {
    const base64 = ends.map((record) => Buffer.from(record).toString('base64'));
    const content = signedContent([endsMessage([base64[0] ?? '', base64[1] ?? ''])]);

    expect(content).toMatchObject({
      meterStart: { signed: base64[0] },
      meterStop: { signed: base64[1] },
    });
  });

  it('a CDR has no signed text of the start if several claim to be it', () => {
    const starts = [ends[0], recordOf('B', 1, '1.100')].map((record) => signedSample(record));
    const content = signedContent([stopMessage(starts)]);

    expect(content.meterStart).not.toHaveProperty('signed');
  });

  it('a session is not billed by a register that no meter has', () => {
    const content = signedContent([endsMessage([ends[0], recordOf('E', 60, '1000000000')])], known);

    expect(content).toMatchObject({
      energyKwh: 7,
      evidence: { signedPair: { problems: ['VALUE_UNREADABLE'] } },
    });
  });

  it('a serial number of a meter is kept up to the length that meters have', () => {
    const MS = 'M'.repeat(150);
    const long = [
      recordOf('B', 0, '1.000', { payload: { MS } }),
      recordOf('E', 60, '8.005', { payload: { MS } }),
    ] as const;

    expect(signedContent([endsMessage([long[0], long[1]])], known)).toMatchObject({
      evidence: { quality: 'signed', signedPair: { meterSerial: 'M'.repeat(100) } },
    });
  });

  it.each([
    ['cut within a character', `${'M'.repeat(99)}\u{1f697}`, 'M'.repeat(99)],
    ['written with half of one', 'M-1\ud83d', 'M-1\ufffd'],
  ])(
    'a serial number of a meter that is %s is one that the database takes',
    (_, MS, meterSerial) => {
      const odd = [
        recordOf('B', 0, '1.000', { payload: { MS } }),
        recordOf('E', 60, '8.005', { payload: { MS } }),
      ] as const;

      expect(signedContent([endsMessage([odd[0], odd[1]])], known)).toMatchObject({
        evidence: { quality: 'signed', signedPair: { meterSerial } },
      });
    },
  );

  it('records of other formats are kept unchanged, and the session is billed as usual', () => {
    const alfen =
      'AP;0;3;ALCV3ABBBISHMA2RYEGAZE3HV5YQBQRAEHAEHAAB;BIHEIWSHAAA2W2V7OYYDCNQAAFNAAAAA';
    const content = signedContent([stopMessage([signedSample(alfen, 'Transaction.End')])], known);

    expect(content).toMatchObject({ ...unsigned, meterStop: { signed: alfen } });
    expect(detailOf(content, 'SIGNED_UNVERIFIED')).toContain('not verified');
    expect(content.evidence.signedValues).toMatchObject([
      {
        format: 'alfen',
        record: alfen,
        verdict: { kind: 'unverified', reason: 'FORMAT_NOT_VERIFIED' },
      },
    ]);
  });

  it('a truncated record holds a session only if keys are registered', () => {
    const broken = stopMessage([signedSample('OCMF|{"FV":"1.0"', 'Transaction.End')]);

    expect(codes(signedContent([broken], known))).toEqual(['SIGNED_INVALID']);
    expect(codes(signedContent([broken]))).toEqual(['SIGNED_UNVERIFIED']);
    expect(signedContent([broken])).toMatchObject(unsigned);
  });

  it('a CDR without signed values contains no trace of them', () => {
    const content = ordinaryContent();

    expect(Object.keys(content.evidence)).not.toContain('signedValues');
    expect(Object.keys(content.evidence)).not.toContain('signedPair');
  });
});
