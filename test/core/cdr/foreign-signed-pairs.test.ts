import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PreviousSigned } from '../../../core/cdr/compute/cdr-basis.ts';
import { samplePayload, sampleReading, signedRecord } from '../ocmf/sign-record.ts';
import {
  codes,
  endsMessage,
  known,
  meter,
  perKwh,
  recordOf,
  registered,
  sessionFrom,
  signedContent,
  signedSample,
  stopMessage,
  strayOf,
} from './signed-samples.ts';

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

  it('a genuine signed pair of another session is not used: the session is held, with its own unsigned energy', () => {
    const replayed = [dayBefore(['B', 11, '0.000']), dayBefore(['E', 12, '50.000'])] as const;
    const content = signedContent([endsMessage([replayed[0], replayed[1]])], known);

    expect(content).toMatchObject({ energyKwh: 7, total: null });
    expect(content.evidence.quality).toBe('register');
    expect(strayOf(content)).toEqual(['TIMES_OUTSIDE']);
    expect(codes(content)).toEqual(['SIGNED_OUTSIDE_SESSION']);
  });

  it('a signed pair of another session is recognised by a relative stop after a synchronised start', () => {
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

  it('a signed pair of another session is recognised by its duration if its clock only counts durations', () => {
    const RD = [
      sampleReading('B', 11, '1.000', { TM: '2020-01-01T00:00:00,000+0100 U' }),
      sampleReading('E', 11, '8.000', { TM: '2020-01-01T01:06:00,000+0100 R' }),
    ];
    const record = signedRecord(meter, samplePayload({ RD }));
    const content = signedContent([stopMessage([signedSample(record)])], known);

    expect(strayOf(content)).toEqual(['LASTS_LONGER']);
  });

  it('a signed pair of another session is recognised by its register if no clock can be trusted', () => {
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

  it('a signed pair of another session is recognised by its register for serial numbers of any length', () => {
    const payload = { MS: 'M'.repeat(150) };
    const [begin, end] = [
      recordOf('B', 0, '1.000', { payload }),
      recordOf('E', 60, '8.005', { payload }),
    ];
    const previousSigned = previous(1001, 'M'.repeat(100));
    const content = signedContent([endsMessage([begin, end])], { ...known, previousSigned });

    expect(strayOf(content)).toEqual(['REGISTER_BEFORE_PREVIOUS']);
  });

  it('a signed pair may be outside its session by as much as two clocks may differ', () => {
    const shifted = (minutes: number) =>
      signedContent(
        [endsMessage([recordOf('B', -minutes, '1.000'), recordOf('E', 60, '8.005')])],
        known,
      );

    expect(strayOf(shifted(5))).toEqual([]);
    expect(strayOf(shifted(6))).toEqual(['TIMES_OUTSIDE', 'LASTS_LONGER']);
  });
});

describe('a genuine pair that no synchronised time places in its session', () => {
  const statuses = ['U', 'I', 'R'] as const;
  const day = (hour: number, status: string) => ({
    reading: { TM: `2026-03-01T${hour}:00:00,000+0100 ${status}` },
  });
  const kwh = (wh: number) => (wh / 1000).toFixed(3);
  /** The sample session, whose register goes from 1 kWh to 8 kWh, with a signed pair of the day before. */
  const withPair = (from: number, wh: number, status: string) =>
    signedContent(
      [
        endsMessage([
          recordOf('B', 0, kwh(from), day(11, status)),
          recordOf('E', 0, kwh(from + wh), day(12, status)),
        ]),
      ],
      known,
    );

  it('a session is billed by such a pair only if it shows the energy of the other readings, give or take a quarter and 250 Wh', () => {
    const pair = fc.record({
      from: fc.integer({ min: 0, max: 40_000 }),
      wh: fc.integer({ min: 0, max: 20_000 }),
      status: fc.constantFrom(...statuses),
    });
    fc.assert(
      fc.property(pair, ({ from, wh, status }) => {
        const content = withPair(from, wh, status);
        const isFar = wh > 7000 * 1.25 + 250 || 7000 > wh * 1.25 + 250;
        if (isFar) {
          expect(content).toMatchObject({ energyKwh: 7, total: null });
          expect(codes(content)).toContain('SIGNED_OUTSIDE_SESSION');
        }
        const isOnScale = from <= 9000;
        if (isOnScale && from + wh > 11_000) expect(content.total).toBeNull();
        if (!(isFar || isOnScale)) expect(content.energyKwh).toBe(wh / 1000);
      }),
      { numRuns: 60 },
    );
  });

  it('a charger that is always one record behind bills nobody by the session before, even if that took as much', () => {
    for (const status of statuses) {
      expect(withPair(0, 1000, status)).toMatchObject({ energyKwh: 7, total: null });
    }
    const same = signedContent(
      [
        endsMessage([
          recordOf('B', 0, '94.000', day(11, 'U')),
          recordOf('E', 0, '101.000', day(12, 'U')),
        ]),
      ],
      known,
      perKwh,
      sessionFrom(101_000),
    );

    expect(strayOf(same)).toEqual(['UNPLACED_AND_BESIDE']);
    expect(same).toMatchObject({ energyKwh: 7, total: null });
  });

  it('a session whose register is 0 throughout is billed by such a pair, as nothing else tells', () => {
    const content = signedContent(
      [
        endsMessage([
          recordOf('B', 0, '1.000', day(11, 'U')),
          recordOf('E', 0, '8.005', day(12, 'U')),
        ]),
      ],
      known,
      perKwh,
      sessionFrom(0, 0),
    );

    expect(content).toMatchObject({ energyKwh: 7.005, evidence: { quality: 'signed' } });
    expect(strayOf(content)).toEqual([]);
  });

  it('an operator is offered the energy of such a pair, too', () => {
    const { candidates = [] } = withPair(3000, 9000, 'U');

    expect(candidates.map(({ by, energyKwh }) => [by, energyKwh])).toEqual([
      ['signed-values', 9],
      ['register-ends', 7],
      ['rises', 7],
    ]);
  });
});

describe('a genuine pair that was not refreshed', () => {
  it('signed values that show no energy bill no session whose other readings show 100 Wh, whatever their times say', () => {
    const { energyKwh, total, anomalies } = signedContent(
      [endsMessage([recordOf('B', 0, '1.000'), recordOf('E', 60, '1.000')])],
      known,
    );

    expect({ energyKwh, total }).toEqual({ energyKwh: 7, total: null });
    expect(anomalies.map(({ code }) => code)).toEqual(['SIGNED_OUTSIDE_SESSION']);
  });

  it('signed values that show no energy bill a session that took none', () => {
    const content = signedContent(
      [endsMessage([recordOf('B', 0, '8.000'), recordOf('E', 60, '8.000')])],
      known,
      perKwh,
      sessionFrom(8000, 0),
    );

    expect(content).toMatchObject({ energyKwh: 0, total: { exclVat: '0.00' } });
  });

  it('a pair with synchronised times in its session bills it, whatever the register shows', () => {
    const content = signedContent(
      [endsMessage([recordOf('B', 0, '1.000'), recordOf('E', 60, '12.000')])],
      known,
    );

    expect(content).toMatchObject({ energyKwh: 11, total: { exclVat: '4.40' } });
    expect(codes(content)).toEqual(['SIGNED_MISMATCH']);
  });
});
