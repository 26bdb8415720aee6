import { describe, expect, it } from 'vitest';
import { reviewReadings } from '../../../core/cdr/correct/review-readings.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import {
  endsMessage,
  known,
  recordOf,
  signedContent,
  signedEnds,
  signedSample,
  stopMessage,
  unsigned,
  wireRules,
} from './signed-samples.ts';

const ends = signedEnds();
const whole = endsMessage(ends);

describe('readings that come after a CDR by signed values was sealed', () => {
  const second = {
    ...stopMessage([signedSample(recordOf('B', 1, '0.500'))]),
    key: '2026-03-02T11:00:00.000Z#stop#2',
  };
  const start = { ...stopMessage([signedSample(ends[0])]), key: '2026-03-02T11:00:00.000Z#stop#0' };
  const stop = { ...stopMessage([signedSample(ends[1])]), key: '2026-03-02T11:00:00.000Z#stop#1' };
  const review = (counted: readonly StoredMessage[], all: readonly StoredMessage[]) =>
    reviewReadings(signedContent(counted, known), { counted, all }, wireRules).kind;

  it('late readings are left to the operator if no signed values would remain to bill by', () => {
    expect(signedContent([whole, second], known)).toMatchObject(unsigned);
    expect(signedContent([whole, second], known).energyKwh).not.toBe(
      signedContent([whole], known).energyKwh,
    );
    expect(review([whole], [whole, second])).toBe('unclear');
  });

  it('late signed values correct a CDR that was billed unsigned if they complete the pair', () => {
    expect(review([start], [start, stop])).toBe('corrected');
  });
});
