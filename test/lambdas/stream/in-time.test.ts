import '../quiet.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OutOfTimeError } from '../../../lambdas/runtime/out-of-time-error.ts';
import { TookTooLong } from '../../../lambdas/runtime/within.ts';
import { inTime } from '../../../lambdas/stream/in-time.ts';
import type { PassedOver } from '../../../lambdas/stream/passed-over.ts';
import { eachRecord } from '../../../lambdas/stream/stream-records.ts';

const sent: PassedOver[] = [];

vi.mock('../../../lambdas/stream/send-to-failures.ts', () => ({
  sendToFailures: async (message: PassedOver) => void sent.push(message),
}));

beforeEach(() => {
  sent.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const runOf = (seconds: number) => {
  const end = Date.now() + seconds * 1000;
  return { getRemainingTimeInMillis: () => end - Date.now() };
};

const never = () => new Promise<never>(() => {});

const settled = async <Result>(result: Promise<Result>) => {
  const outcome = result.then(
    (value) => value,
    (error: unknown) => error,
  );
  await vi.runAllTimersAsync();
  return await outcome;
};

describe('work that a step has a limited time for', () => {
  it('work on a record may take half of the remaining time, and is at fault if that would be enough for any record', async () => {
    expect(await settled(inTime(runOf(120), async () => 'done'))).toBe('done');
    expect(await settled(inTime(runOf(120), never))).toBeInstanceOf(TookTooLong);
  });

  it('work on a record is not at fault if the run had little time left for it', async () => {
    for (const seconds of [0, 3, 10, 40]) {
      expect(await settled(inTime(runOf(seconds), never))).toBeInstanceOf(OutOfTimeError);
    }
  });

  it('work that throws in time fails with its own error', async () => {
    const error = new TypeError('ours');
    expect(await settled(inTime(runOf(120), () => Promise.reject(error)))).toBe(error);
  });
});

describe('a record that a step cannot handle in its time', () => {
  const record = (sequence: string) => ({
    eventID: sequence,
    dynamodb: { SequenceNumber: sequence, ApproximateCreationDateTime: Date.now() / 1000 },
  });

  it('a record that a step cannot handle in its time goes to the failure queue at once, and the following ones are handled in the same run', async () => {
    const handled: unknown[] = [];
    const answer = await settled(
      eachRecord(
        'cdr',
        ['1', '2', '3'].map(record),
        async ({ dynamodb }) => {
          if (dynamodb?.SequenceNumber === '1') await never();
          handled.push(dynamodb?.SequenceNumber);
        },
        runOf(120),
      ),
    );

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(handled).toEqual(['2', '3']);
    expect(sent.map(({ errorName, record: { eventID } }) => [errorName, eventID])).toEqual([
      ['TookTooLong', '1'],
    ]);
  });

  it('a record comes again, with all that the run had no time for, if the time was too short to judge it', async () => {
    const begun: unknown[] = [];
    const answer = await settled(
      eachRecord(
        'cdr',
        Array.from({ length: 12 }, (_, n) => record(String(n))),
        async ({ dynamodb }) => {
          begun.push(dynamodb?.SequenceNumber);
          await never();
        },
        runOf(30),
      ),
    );

    expect(sent).toEqual([]);
    expect(begun.length).toBeLessThan(12);
    expect(answer).toMatchObject({ batchItemFailures: { length: 12 } });
  });
});
