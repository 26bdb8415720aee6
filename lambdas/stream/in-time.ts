import type { Context } from 'aws-lambda';
import { OutOfTimeError } from '../runtime/out-of-time-error.ts';
import { TookTooLong, within } from '../runtime/within.ts';

/** How long a run of a function may still take, as Lambda tells it in ms. */
export type RunningTime = Pick<Context, 'getRemainingTimeInMillis'>;

/** Ms that are left for what follows the last record: its failure message and the answer. */
const reserve = 4_000;

/** The least ms to begin work with. */
const least = 100;

/** Ms that are enough for any record: one that takes longer would do so each time. */
const enough = 20_000;

/**
 * Does work in half of the time that a run has left, so that other records have their time too. Fails with `TookTooLong`
 * where that was enough for any record, and with `OutOfTimeError` where the work had too little time to be judged.
 */
export async function inTime<Result>(
  time: RunningTime,
  work: () => Promise<Result>,
): Promise<Result> {
  const share = (time.getRemainingTimeInMillis() - reserve) / 2;
  if (share < least) throw new OutOfTimeError('The run was nearly over before the work was begun');
  try {
    return await within(share, work());
  } catch (error) {
    if (!(error instanceof TookTooLong) || share >= enough) throw error;
    throw new OutOfTimeError('The run was nearly over before the work was done');
  }
}
