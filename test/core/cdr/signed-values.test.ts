import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../core/cdr/canonical-json.ts';
import type { PreviousSigned } from '../../../core/cdr/cdr-basis.ts';
import { keysThatCount } from '../../../core/cdr/check-meter-values.ts';
import { reviewReadings } from '../../../core/cdr/review-readings.ts';
import type { StoredReading } from '../../../core/cdr/stored-reading.ts';
import { newSigner, samplePayload, sampleReading, signedRecord } from '../ocmf/sign-record.ts';
import { ordinaryContent } from './cdr-samples.ts';
import {
  endsMessage,
  meter,
  perKwh,
  recordOf,
  registered,
  signedContent,
  signedEnds,
  signedOnly,
  signedSample,
  stopMessage,
  wireRules,
} from './signed-samples.ts';

type Content = ReturnType<typeof signedContent>;

const codes = ({ anomalies }: Content) => anomalies.map(({ code }) => code);
const detailOf = ({ anomalies }: Content, code: string) =>
  anomalies.find((anomaly) => anomaly.code === code)?.message;
const known = { meterKeys: [registered()] };
const ends = signedEnds();
const whole = endsMessage(ends);
const forged = (record: string) => record.replace('8.005', '9.005');

/** What a session is billed when nobody signed anything: 7 kWh at 0.40. */
const unsigned = { energyKwh: 7, total: { currency: 'EUR', exclVat: '2.80', inclVat: '2.80' } };

describe('a session whose meter signs', () => {
  it('is billed by the verified start and stop', () => {
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
          message: 'The record is what its meter signed.',
          remarks: ['VALUE_AS_TEXT'],
          meterKeyId: registered().meterKeyId,
        },
      })),
    );
  });

  it('is billed as ever, and told so, when no key of its meter is registered', () => {
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

  it('is held for one forged digit, and never billed by it', () => {
    const content = signedContent([endsMessage([ends[0], forged(ends[1])])], known);

    expect(content).toMatchObject({ energyKwh: 7, total: null, lines: [] });
    expect(content.evidence.quality).toBe('register');
    expect(codes(content)).toEqual(['SIGNED_INVALID', 'SIGNED_NO_PAIR']);
    expect(detailOf(content, 'SIGNED_NO_PAIR')).toContain('No signed reading');
  });

  it('is never billed by a changed record, whichever letter was changed', () => {
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

  it('is the same CDR, byte for byte, in whatever order and number the values came', () => {
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

  it('is told when signed and unsigned energy differ, and billed by the signed one', () => {
    const content = signedContent([endsMessage([ends[0], recordOf('E', 60, '8.500')])], known);

    expect(content).toMatchObject({ energyKwh: 7.5, total: { exclVat: '3.00' } });
    expect(codes(content)).toEqual(['SIGNED_MISMATCH']);
  });

  it('needs one record alone when that has both ends', () => {
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

  it('is billed unsigned when there is a start alone, and told what is missing', () => {
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
  ])('is held when the meter itself says that %s', (_about, later) => {
    const samples = [ends[0], ...later].map((record) => signedSample(record));
    const content = signedContent([stopMessage(samples)], known);

    expect(codes(content)).toEqual(['SIGNED_METER_FAULT', 'SIGNED_NO_PAIR']);
    expect(content.total).toBeNull();
  });

  it('keeps the signed texts of a start and stop that OCPP does not mark', () => {
    const content = signedContent([stopMessage(ends.map((record) => signedSample(record)))]);

    expect(content).toMatchObject({
      meterStart: { signed: ends[0] },
      meterStop: { signed: ends[1] },
    });
  });

  it('keeps the signed texts as they were sent where OCPP marks them', () => {
    const base64 = ends.map((record) => Buffer.from(record).toString('base64'));
    const content = signedContent([endsMessage([base64[0] ?? '', base64[1] ?? ''])]);

    expect(content).toMatchObject({
      meterStart: { signed: base64[0] },
      meterStop: { signed: base64[1] },
    });
  });

  it('has no signed text of the start where several claim to be it', () => {
    const starts = [ends[0], recordOf('B', 1, '1.100')].map((record) => signedSample(record));
    const content = signedContent([stopMessage(starts)]);

    expect(content.meterStart).not.toHaveProperty('signed');
  });

  it('is not billed by a register that no meter has', () => {
    const content = signedContent([endsMessage([ends[0], recordOf('E', 60, '1000000000')])], known);

    expect(content).toMatchObject({
      energyKwh: 7,
      evidence: { signedPair: { problems: ['VALUE_UNREADABLE'] } },
    });
  });

  it('keeps a serial number of a meter as far as any meter has one', () => {
    const MS = 'M'.repeat(150);
    const long = [
      recordOf('B', 0, '1.000', { payload: { MS } }),
      recordOf('E', 60, '8.005', { payload: { MS } }),
    ] as const;

    expect(signedContent([endsMessage([long[0], long[1]])], known)).toMatchObject({
      evidence: { quality: 'signed', signedPair: { meterSerial: 'M'.repeat(100) } },
    });
  });

  it('keeps records of other formats as they are, and bills as ever', () => {
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

  it('is held for a record in pieces when keys are registered, and billed when none are', () => {
    const broken = stopMessage([signedSample('OCMF|{"FV":"1.0"', 'Transaction.End')]);

    expect(codes(signedContent([broken], known))).toEqual(['SIGNED_INVALID']);
    expect(codes(signedContent([broken]))).toEqual(['SIGNED_UNVERIFIED']);
    expect(signedContent([broken])).toMatchObject(unsigned);
  });

  it('leaves no trace in a CDR without signed values', () => {
    const content = ordinaryContent();

    expect(Object.keys(content.evidence)).not.toContain('signedValues');
    expect(Object.keys(content.evidence)).not.toContain('signedPair');
  });
});

describe('a registered key', () => {
  const from = (validFrom: string) => ({ meterKeys: [registered({ validFrom })] });
  const until = (validUntil: string) => ({ meterKeys: [registered({ validUntil })] });

  it.each([
    ['for the connector', { meterKeys: [registered({ connectorId: 2 })] }, 'signed'],
    ['for another connector', { meterKeys: [registered({ connectorId: 1 })] }, 'register'],
    ['for the meter, in any case', { meterKeys: [registered({ meterSerial: ' m-1 ' })] }, 'signed'],
    ['for another meter', { meterKeys: [registered({ meterSerial: 'M-2' })] }, 'register'],
    ['from the time of the start on', from('2026-03-02T10:00:00.000Z'), 'signed'],
    ['from a moment later on', from('2026-03-02T10:00:00.001Z'), 'register'],
    ['until after the stop', until('2026-03-02T11:00:00.001Z'), 'signed'],
    ['until the stop', until('2026-03-02T11:00:00.000Z'), 'register'],
  ])('%s counts as it says', (_about, basis, quality) => {
    const content = signedContent([whole], basis);

    expect(content.evidence.quality).toBe(quality);
    expect(content.total).not.toBeNull();
  });

  it('is found among those of other meters', () => {
    const others = [1, 2, 3].map(() => registered({}, newSigner('secp256r1')));
    const content = signedContent([whole], { meterKeys: [...others, registered()] });

    expect(content.evidence.quality).toBe('signed');
    expect(content.evidence.signedValues?.map(({ verdict }) => verdict.meterKeyId)).toEqual(
      Array(2).fill(registered().meterKeyId),
    );
  });

  it('that does not fit the signature speaks against the record', () => {
    const content = signedContent([whole], { meterKeys: [registered({}, newSigner('secp256r1'))] });

    expect(codes(content)).toEqual(['SIGNED_INVALID']);
  });
});

describe('of all keys of a charger', () => {
  const all = [1, 2, 3].map((connectorId) => registered({ connectorId }));
  const values = ends.map((value) => ({ value }));

  it('those are kept that count for a record, in the order of their ids', () => {
    const any = [
      registered(),
      registered({ meterSerial: 'M-1' }),
      registered({ meterSerial: 'M-2' }),
    ];
    const counting = keysThatCount([...all, ...any], values, 2);

    expect(counting).toHaveLength(3);
    expect(keysThatCount([...any, ...all.toReversed()], values, 2)).toEqual(counting);
    expect(counting.map(({ connectorId }) => connectorId ?? 2)).toEqual([2, 2, 2]);
  });

  it('none is kept for records that are not verified', () => {
    expect(keysThatCount(all, [{ value: 'AP;0;3;ABCDEFGHIJKLMNOPQRST' }], 2)).toEqual([]);
    expect(keysThatCount(all, [], 2)).toEqual([]);
  });
});

describe('a genuine pair of another session', () => {
  const dayBefore = (record: readonly [string, number, string], status = 'S') => {
    const [transaction, hour, kwh] = record;
    const TM = `2026-03-01T${hour}:00:00,000+0100 ${status}`;
    return recordOf(transaction, 0, kwh, { reading: { TM } });
  };
  const previous = (wh: number, meterSerial = 'M-1'): PreviousSigned => ({
    sessionId: 'ses_before',
    meterSerial,
    meterKeyId: registered().meterKeyId,
    wh,
  });
  const strayOf = ({ evidence: { signedPair } }: Content) =>
    signedPair?.kind === 'pair' ? signedPair.stray : undefined;

  it('counts for nothing: the session is held, with its own unsigned energy', () => {
    const replayed = [dayBefore(['B', 11, '0.000']), dayBefore(['E', 12, '50.000'])] as const;
    const content = signedContent([endsMessage([replayed[0], replayed[1]])], known);

    expect(content).toMatchObject({ energyKwh: 7, total: null });
    expect(content.evidence.quality).toBe('register');
    expect(strayOf(content)).toEqual(['TIMES_OUTSIDE']);
    expect(codes(content)).toEqual(['SIGNED_OUTSIDE_SESSION']);
  });

  it('is known by a relative stop behind a synchronised start', () => {
    const at = (minute: number, status: string) => ({
      reading: {
        TM: `${new Date(Date.UTC(2026, 2, 2, 11, minute)).toISOString().slice(0, 19)},000+0100 ${status}`,
      },
    });
    const late = (minute: number) =>
      endsMessage([
        recordOf('B', 0, '1.000', at(4, 'S')),
        recordOf('E', 0, '8.005', at(minute, 'R')),
      ]);

    expect(strayOf(signedContent([late(65)], known))).toEqual([]);
    expect(strayOf(signedContent([late(66)], known))).toEqual(['TIMES_OUTSIDE']);
  });

  it('is known by its length where its clock only counts durations', () => {
    const RD = [
      sampleReading('B', 11, '1.000', { TM: '2020-01-01T00:00:00,000+0100 U' }),
      sampleReading('E', 11, '8.000', { TM: '2020-01-01T01:06:00,000+0100 R' }),
    ];
    const record = signedRecord(meter, samplePayload({ RD }));
    const content = signedContent([stopMessage([signedSample(record)])], known);

    expect(strayOf(content)).toEqual(['LASTS_LONGER']);
  });

  it('is known by its register where no clock is to be trusted', () => {
    const unsure = [
      recordOf('B', 0, '1.000', { reading: { TM: '2020-01-01T00:00:00,000+0100 U' } }),
      recordOf('E', 60, '8.005', { reading: { TM: '2020-01-01T09:00:00,000+0100 U' } }),
    ] as const;
    const message = endsMessage([unsure[0], unsure[1]]);
    const at = (previousSigned: PreviousSigned) =>
      strayOf(signedContent([message], { ...known, previousSigned }));

    expect(at(previous(1000))).toEqual([]);
    expect(at(previous(1000.001))).toEqual(['REGISTER_BEFORE_PREVIOUS']);
    expect(at(previous(5000, 'M-2'))).toEqual([]);
    expect(at({ ...previous(5000), meterKeyId: 'mk_of_the_meter_before' })).toEqual([]);
  });

  it('is known by its register however long the serial number of its meter is', () => {
    const payload = { MS: 'M'.repeat(150) };
    const [begin, end] = [
      recordOf('B', 0, '1.000', { payload }),
      recordOf('E', 60, '8.005', { payload }),
    ];
    const previousSigned = previous(1001, 'M'.repeat(100));
    const content = signedContent([endsMessage([begin, end])], { ...known, previousSigned });

    expect(strayOf(content)).toEqual(['REGISTER_BEFORE_PREVIOUS']);
  });

  it('may be off by as much as two clocks may differ', () => {
    const shifted = (minutes: number) =>
      signedContent(
        [endsMessage([recordOf('B', -minutes, '1.000'), recordOf('E', 60, '8.005')])],
        known,
      );

    expect(strayOf(shifted(5))).toEqual([]);
    expect(strayOf(shifted(6))).toEqual(['TIMES_OUTSIDE', 'LASTS_LONGER']);
  });
});

describe('readings that come after a CDR by signed values was sealed', () => {
  const second = {
    ...stopMessage([signedSample(recordOf('B', 1, '0.500'))]),
    key: '2026-03-02T11:00:00.000Z#stop#2',
  };
  const start = { ...stopMessage([signedSample(ends[0])]), key: '2026-03-02T11:00:00.000Z#stop#0' };
  const stop = { ...stopMessage([signedSample(ends[1])]), key: '2026-03-02T11:00:00.000Z#stop#1' };
  const review = (counted: readonly StoredReading[], all: readonly StoredReading[]) =>
    reviewReadings(signedContent(counted, known), { counted, all }, wireRules).kind;

  it('are left for a person where nothing signed would be left to bill by', () => {
    expect(signedContent([whole, second], known)).toMatchObject(unsigned);
    expect(signedContent([whole, second], known).energyKwh).not.toBe(
      signedContent([whole], known).energyKwh,
    );
    expect(review([whole], [whole, second])).toBe('unclear');
  });

  it('correct it where it was billed unsigned, and they complete the signed ones', () => {
    expect(review([start], [start, stop])).toBe('corrected');
  });
});

describe('a tariff that requires signed values', () => {
  const timed = { type: 'TIME', price: '1', stepSize: 1 } as const;
  const energy = (price: string) => ({ type: 'ENERGY', price, stepSize: 0 }) as const;
  const withStatus = (start: string, stop: string) =>
    endsMessage([
      recordOf('B', 0, '1.000', { reading: { TM: `2026-03-02T11:00:00,000+0100 ${start}` } }),
      recordOf('E', 60, '8.005', { reading: { TM: `2026-03-02T12:00:00,000+0100 ${stop}` } }),
    ]);
  const hourly = { ...signedOnly, elements: [{ priceComponents: [energy('0.4'), timed] }] };
  const cheapAt = (endTime: string) => ({
    ...signedOnly,
    elements: [
      { priceComponents: [energy('0.2')], restrictions: { startTime: '00:00', endTime } },
      { priceComponents: [energy('0.4')] },
    ],
  });

  it('bills by them', () => {
    expect(signedContent([whole], known, signedOnly)).toMatchObject({
      energyKwh: 7.005,
      total: { exclVat: '2.80' },
      anomalies: [],
    });
  });

  it.each([
    ['there are none', [], known],
    ['no key is known', [whole], {}],
    ['there is a start alone', [stopMessage([signedSample(ends[0])])], known],
    ['the format is not verified', [stopMessage([signedSample('AP;0;3;ABCDEFGHIJKLMNOP')])], known],
  ])('holds the session when %s', (_about, stored, basis) => {
    const content = signedContent(stored, basis, signedOnly);

    expect(codes(content)).toContain('SIGNED_REQUIRED');
    expect(content).toMatchObject({ total: null, lines: [] });
  });

  it.each([
    ['time', hourly, 'S', 'S', []],
    ['time', hourly, 'I', 'R', []],
    ['time', hourly, 'I', 'I', ['SIGNED_TIME_UNTRUSTED']],
    ['time', hourly, 'U', 'S', ['SIGNED_TIME_UNTRUSTED']],
    ['the clock', cheapAt('23:59'), 'S', 'S', []],
    ['the clock', cheapAt('23:59'), 'I', 'R', ['SIGNED_TIME_UNTRUSTED']],
    ['energy alone', signedOnly, 'U', 'U', []],
  ])(
    'that prices by %s minds how far the meter can tell it (%#)',
    (_by, tariff, start, stop, wanted) => {
      const content = signedContent([withStatus(start, stop)], known, tariff);

      expect(codes(content)).toEqual(wanted);
      expect(content.total === null).toBe(wanted.length > 0);
    },
  );

  it('holds the session when the price of energy changes on the way, which nobody signed', () => {
    const content = signedContent([whole], known, cheapAt('11:30'));

    expect(codes(content)).toEqual(['SIGNED_COURSE_MISSING']);
    expect(content.total).toBeNull();
  });

  it('minds no change of the price of energy after the last of it', () => {
    const full = {
      key: '2026-03-02T10:45:00.000Z#meter#1',
      kind: 'meter',
      receivedAt: '2026-03-02T10:45:01.000Z',
      raw: JSON.stringify({
        connectorId: 2,
        transactionId: 7,
        meterValue: [{ timestamp: '2026-03-02T10:45:00Z', sampledValue: [{ value: '8000' }] }],
      }),
    } as const;
    const exact = endsMessage([ends[0], recordOf('E', 60, '8.000')]);

    expect(signedContent([full, exact], known, cheapAt('11:50'))).toMatchObject({
      total: { exclVat: '1.40' },
      anomalies: [],
    });
  });

  it('prices steps of energy by the signed total', () => {
    const tiered = {
      ...signedOnly,
      elements: [
        { priceComponents: [energy('0.2')], restrictions: { maxKwh: '5' } },
        { priceComponents: [energy('0.4')] },
      ],
    };

    expect(signedContent([whole], known, tiered)).toMatchObject({
      total: { exclVat: '1.80' },
      anomalies: [],
    });
  });

  it('asks nothing of times when it does not require signed values', () => {
    const { requireSignedValues: _not, ...anyValues } = hourly;

    expect(codes(signedContent([withStatus('U', 'U')], known, anyValues))).toEqual([]);
    expect(codes(signedContent([], {}, perKwh))).toEqual([]);
  });
});
