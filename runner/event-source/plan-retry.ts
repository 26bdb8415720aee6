import type { BatchOutcome } from './batch-outcome.ts';
import { type SourceRecord, sequenceText } from './source-record.ts';

/** Consecutive records that are delivered together, and how often they were tried in vain. */
export type Piece = { readonly records: readonly SourceRecord[]; readonly attempts: number };

/** The retry settings of a mapping. */
export type RetryRules = { readonly bisects: boolean; readonly retries: number };

/** The consequence of an outcome: records that are done, pieces to deliver next in order, or one to give up on. */
export type RetryPlan = {
  readonly done: readonly SourceRecord[];
  readonly next: readonly Piece[];
  readonly givenUp?: Piece;
};

/**
 * Lambda's rules for streams: the lowest failed record is the checkpoint, everything from it on is retried; a function
 * that fails as a whole has its batch halved first, which does not count as a try; throttling does not count either.
 */
export function planRetry(piece: Piece, outcome: BatchOutcome, rules: RetryRules): RetryPlan {
  switch (outcome.kind) {
    case 'succeeded':
      return { done: piece.records, next: [] };
    case 'throttled':
      return { done: [], next: [piece] };
    case 'failed':
      return rules.bisects && piece.records.length > 1 ? halve(piece) : tryAgain(piece, 0, rules);
    case 'partly-failed': {
      const { identifiers } = outcome;
      const lowest = piece.records.findIndex(({ sequence }) =>
        identifiers.has(sequenceText(sequence)),
      );
      return lowest < 0
        ? planRetry(piece, { kind: 'failed' }, rules)
        : tryAgain(piece, lowest, rules);
    }
    default:
      return outcome satisfies never;
  }
}

function halve({ records, attempts }: Piece): RetryPlan {
  const middle = Math.ceil(records.length / 2);
  const halves = [records.slice(0, middle), records.slice(middle)];
  return { done: [], next: halves.map((half) => ({ records: half, attempts })) };
}

function tryAgain({ records, attempts }: Piece, lowest: number, rules: RetryRules): RetryPlan {
  const done = records.slice(0, lowest);
  // A rest with progress before it has been tried once itself.
  const rest = { records: records.slice(lowest), attempts: lowest === 0 ? attempts + 1 : 1 };
  return rest.attempts > rules.retries ? { done, next: [], givenUp: rest } : { done, next: [rest] };
}
