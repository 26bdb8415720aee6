import { describe, expect, it } from 'vitest';
import type { PreviousSigned } from '../../../core/cdr/compute/cdr-basis.ts';
import { samplePayload, sampleReading, signedRecord } from '../ocmf/sign-record.ts';
import {
  codes,
  endsMessage,
  known,
  meter,
  recordOf,
  registered,
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
