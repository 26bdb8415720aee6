import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CdrBasis, PreviousSigned } from '../../../core/cdr/compute/cdr-basis.ts';
import { computeCdr } from '../../../core/cdr/compute/cdr-from-readings.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import { keysThatCount } from '../../../core/cdr/verify/check-meter-values.ts';
import { type MeterKey, meterKeyIdOf } from '../../../core/ocmf/meter-key.ts';
import { newSigner, samplePayload, sampleReading, signedRecord } from '../ocmf/sign-record.ts';
import {
  endsMessage,
  meter,
  perKwh,
  recordOf,
  registered,
  sessionFrom,
  signedContent,
  signedEnds,
  signedOnly,
  signedSample,
  signedSession,
  stopMessage,
  wireRules,
} from './signed-samples.ts';

type Content = ReturnType<typeof signedContent>;

const codes = ({ anomalies }: Content) => anomalies.map(({ code }) => code);
const detailOf = ({ anomalies }: Content, code: string) =>
  anomalies.find((anomaly) => anomaly.code === code)?.message;
const strayOf = ({ evidence: { signedPair } }: Content) =>
  signedPair?.kind === 'pair' ? signedPair.stray : undefined;
const computed = (stored: readonly StoredMessage[], basis: CdrBasis) =>
  computeCdr(signedSession(), perKwh, stored, wireRules, basis);

const known = { meterKeys: [registered()] };
const ends = signedEnds();
const whole = endsMessage(ends);
const alfen = 'AP;0;3;ALCV3ABBBISHMA2RYEGAZE3HV5YQBQRAEHAEHAAB;BIHEIWSHAAA2W2V7OYYDCNQAAFNAAAAA';

/** A reading at a minute of the sample session's day, with the status of its clock. */
const clockAt = (minute: number, status: string) => ({
  reading: {
    TM: `${new Date(Date.UTC(2026, 2, 2, 11, minute)).toISOString().slice(0, 19)},000+0100 ${status}`,
  },
});

describe('what the sessions after one learn of its verified stop', () => {
  it('later sessions learn the register of the meter from a verified stop, and its key', () => {
    const { signed } = computed([whole], known);

    expect(signed?.time).toBe('clock');
    expect(signed?.stop).toEqual({
      meterSerial: 'M-1',
      meterKeyId: registered().meterKeyId,
      wh: 8005,
    });
  });

  it('later sessions learn the key of the start if the stop has another', () => {
    const until = registered({ validUntil: '2026-03-02T10:30:00.000Z' });
    const from = registered({ validFrom: '2026-03-02T10:30:00.000Z' });
    // The stop stands first among the records, by its text.
    const begin = recordOf('B', 0, '1.000', { payload: { PG: 'T9' } });
    const end = recordOf('E', 60, '8.005', { payload: { PG: 'T1' } });
    const { signed } = computed([endsMessage([begin, end])], { meterKeys: [from, until] });

    expect(signed?.evidence.signedValues?.map(({ record }) => record)).toEqual([end, begin]);
    expect(signed?.stop?.meterKeyId).toBe(until.meterKeyId);
  });

  it('later sessions learn nothing without a verified stop, or from a pair of another session', () => {
    const previousSigned: PreviousSigned = {
      sessionId: 'ses_before',
      meterSerial: 'M-1',
      meterKeyId: registered().meterKeyId,
      wh: 5000,
    };

    expect(computed([whole], {}).signed).not.toHaveProperty('stop');
    expect(computed([whole], { ...known, previousSigned }).signed).not.toHaveProperty('stop');
    expect(computed([], known)).not.toHaveProperty('signed');
  });
});

describe('the findings about signed values', () => {
  it('the anomaly of signed values has one sentence for each reason', () => {
    const content = signedContent([stopMessage([ends[1], alfen].map((one) => signedSample(one)))]);

    expect(detailOf(content, 'SIGNED_UNVERIFIED')).toContain(
      'No public key is known for the meter. Records in this format are stored but not verified',
    );
  });

  it('the anomaly of signed values states why a genuine pair belongs to another session', () => {
    const early = endsMessage([recordOf('B', -6, '1.000'), recordOf('E', 60, '8.005')]);

    expect(detailOf(signedContent([early], known), 'SIGNED_OUTSIDE_SESSION')).toContain(
      'Their times do not lie in the session. They lie further apart than the session lasts.',
    );
  });

  it('an unknown algorithm never holds a session, whatever keys are registered', () => {
    const strange = ends.map((record) => record.replace('ECDSA-secp256r1-SHA256', 'RSA-4096'));
    const content = signedContent([endsMessage([strange[0] ?? '', strange[1] ?? ''])], known);

    expect(codes(content)).toEqual(['SIGNED_UNVERIFIED']);
    expect(content.total).not.toBeNull();
  });

  it('signed values contain no key that was not sent with them', () => {
    const [value] = signedContent([whole], known).evidence.signedValues ?? [];

    expect(value).not.toHaveProperty('publicKey');
  });
});

describe('the signed texts of a start and stop that nobody verified', () => {
  it('a signed record with both start and stop is the signed text of both, whatever is between them', () => {
    const { TX: _none, ...between } = sampleReading('C', 11, '4.000');
    const RD = [sampleReading('B', 11, '1.000'), between, sampleReading('E', 12, '8.005')];
    const record = signedRecord(meter, samplePayload({ RD }));

    expect(signedContent([stopMessage([signedSample(record)])])).toMatchObject({
      meterStart: { signed: record },
      meterStop: { signed: record },
    });
  });

  it('a record whose format does not mark start and stop gives no signed text', () => {
    const content = signedContent([stopMessage([signedSample(alfen)])]);

    expect(content.meterStart).not.toHaveProperty('signed');
    expect(content.meterStop).not.toHaveProperty('signed');
  });
});

describe('a registered key', () => {
  const keyOf = (encoding: 'hex' | 'base64', publicKey: string): MeterKey => {
    const terms = { publicKey, encoding };
    return { ...terms, meterKeyId: meterKeyIdOf('cp-1', terms) ?? 'mk_unreadable' };
  };

  it.each([
    ['base64', meter.spki.toString('base64'), 'signed'],
    ['hex', meter.spki.toString('hex'), 'signed'],
    ['hex', meter.spki.toString('base64'), 'register'],
  ] as const)('a registered key stated as %s is read as such', (encoding, publicKey, quality) => {
    const content = signedContent([whole], { meterKeys: [keyOf(encoding, publicKey)] });

    expect(content.evidence.quality).toBe(quality);
  });

  it('registered keys are kept ordered by id', () => {
    const keys = Array.from({ length: 5 }, () => registered({}, newSigner('secp256r1')));
    const second = { evseId: 2, connectorId: 2 };
    const ids = keysThatCount(keys, [{ value: ends[0] }], second).map(
      ({ meterKeyId }) => meterKeyId,
    );

    expect(ids).toHaveLength(5);
    expect(ids).toEqual([...ids].sort());
  });
});

describe('the clock of a meter', () => {
  const inSession = (start: string, stop: string) =>
    strayOf(
      signedContent(
        [
          endsMessage([
            recordOf('B', 0, '1.000', clockAt(4, start)),
            recordOf('E', 0, '8.005', clockAt(66, stop)),
          ]),
        ],
        known,
      ),
    );

  it('a stop by a synchronised meter clock can be outside the session', () => {
    expect(inSession('S', 'S')).toEqual(['TIMES_OUTSIDE']);
    expect(inSession('U', 'S')).toEqual(['TIMES_OUTSIDE']);
  });

  it('a stop by a meter clock that is not synchronised proves nothing', () => {
    expect(inSession('S', 'I')).toEqual([]);
    expect(inSession('S', 'U')).toEqual([]);
    expect(inSession('U', 'R')).toEqual([]);
  });
});

describe('a tariff that requires signed values', () => {
  const energy = (price: string) => ({ type: 'ENERGY', price, stepSize: 0 }) as const;
  const flat = { type: 'FLAT', price: '1', stepSize: 1 } as const;
  const early = { restrictions: { startTime: '00:00', endTime: '11:30' } };

  it.each([
    [
      'from one price to another',
      [
        { priceComponents: [flat] },
        { priceComponents: [energy('0.2')], ...early },
        { priceComponents: [energy('0.4')] },
      ],
    ],
    ['from a price to nothing', [{ priceComponents: [energy('0.2')], ...early }]],
  ])(
    'a tariff that requires signed values holds a session in which unsigned energy goes %s',
    (_about, elements) => {
      const content = signedContent([whole], known, { ...signedOnly, elements });

      expect(codes(content)).toEqual(['SIGNED_COURSE_MISSING']);
      expect(content.total).toBeNull();
    },
  );

  it('a tariff that requires signed values and only prices energy does not depend on the clock of the meter', () => {
    const counted = endsMessage([
      recordOf('B', 0, '1.000', clockAt(0, 'I')),
      recordOf('E', 60, '8.005', clockAt(60, 'R')),
    ]);

    expect(computed([counted], known).signed?.time).toBe('duration');
    expect(codes(signedContent([counted], known, signedOnly))).toEqual([]);
  });
});

describe('signed values that cannot be read, beside a register that is 0 throughout', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 10, minute)).toISOString();
  const status = (minute: number, word: string): StoredMessage => ({
    key: `${at(minute)}#status#${word}`,
    kind: 'status',
    evseId: 1,
    connectorId: 1,
    receivedAt: at(minute),
    raw: JSON.stringify({
      connectorId: 1,
      errorCode: 'NoError',
      status: word,
      timestamp: at(minute),
    }),
  });
  const records = [alfen, recordOf('T', 30, '4.500')];

  it('a session whose vehicle charged for a minute is not billed for nothing: the only measurement cannot be read', () => {
    fc.assert(
      fc.property(fc.constantFrom(...records), fc.nat(59), (record, charged) => {
        const content = signedContent(
          [
            ...(charged > 0 ? [status(0, 'Charging')] : []),
            status(charged, 'SuspendedEV'),
            stopMessage([signedSample(record)]),
          ],
          known,
          perKwh,
          sessionFrom(0, 0),
        );
        expect(content.energyKwh).toBe(0);
        expect(codes(content).includes('NO_METER_DATA')).toBe(charged >= 1);
        expect(content.total === null).toBe(charged >= 1);
      }),
      { numRuns: 40 },
    );
  });

  it('a session is billed by its register where that tells, whatever its signed values are', () => {
    const stored = [status(0, 'Charging'), stopMessage([signedSample(alfen)])];

    expect(signedContent(stored, known)).toMatchObject({
      energyKwh: 7,
      total: { exclVat: '2.80' },
    });
    expect(signedContent(stored, known, perKwh, sessionFrom(100_000, 0)).total).not.toBeNull();
  });
});
