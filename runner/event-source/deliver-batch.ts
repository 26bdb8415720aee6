import type { Invocation, Invoke } from '../runner-interfaces.ts';
import { type BatchOutcome, batchOutcome } from './batch-outcome.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { EventSourceOptions } from './event-source-options.ts';
import type { FailureCondition } from './failure-message.ts';
import type { Pause } from './pause.ts';
import { type Piece, planRetry } from './plan-retry.ts';
import type { SourceRecord } from './source-record.ts';

/** The parts a delivery needs. */
export type Delivery = {
  readonly mapping: EventSourceMapping;
  readonly invoke: Invoke;
  readonly options: EventSourceOptions;
  readonly pause: Pause;
  /** Hears of each record that is done, delivered or given up. */
  readonly onDone: (records: readonly SourceRecord[]) => void;
  readonly giveUp: (piece: Piece, condition: FailureCondition) => void;
};

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

/** Delivers a batch until every record of it is done; leaves the rest undone when the stack stops. */
export async function deliverBatch(
  records: readonly SourceRecord[],
  delivery: Delivery,
): Promise<void> {
  const { pause } = delivery;
  const { backoffScale = 1 } = delivery.options;
  let pieces: readonly Piece[] = [{ records, attempts: 0 }];
  let failures = 0;
  while (!pause.isStopped()) {
    const [first, ...later] = pieces;
    if (first === undefined) {
      return;
    }
    const piece = giveUpOld(first, delivery);
    if (piece.records.length === 0) {
      pieces = later;
      continue;
    }
    const hurries = pause.hurries();
    const outcome = await invokeWith(piece, delivery);
    pieces = [...followUp(piece, outcome, delivery), ...later];
    failures = outcome.kind === 'succeeded' ? 0 : failures + 1;
    // A try that failed while a service came back may have met it before: a wait from here on would miss the call to try again.
    if (failures > 0 && pieces.length > 0 && hurries === pause.hurries()) {
      const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1));
      await pause.wait(wait * backoffScale);
    }
  }
}

function followUp(piece: Piece, outcome: BatchOutcome, delivery: Delivery): readonly Piece[] {
  const { done, next, givenUp } = planRetry(piece, outcome, delivery.mapping);
  delivery.onDone(done);
  if (givenUp !== undefined) {
    delivery.giveUp(givenUp, 'RetryAttemptsExhausted');
    delivery.onDone(givenUp.records);
  }
  return next;
}

function giveUpOld({ records, attempts }: Piece, delivery: Delivery): Piece {
  const oldest = Date.now() - delivery.mapping.maxAgeMilliseconds;
  const old = records.filter(({ writtenAt }) => writtenAt < oldest);
  if (old.length > 0) {
    delivery.giveUp({ records: old, attempts }, 'RecordAgeExceeded');
    delivery.onDone(old);
  }
  return { records: records.slice(old.length), attempts };
}

async function invokeWith(
  piece: Piece,
  { mapping, invoke, options }: Delivery,
): Promise<BatchOutcome> {
  const events = piece.records.map(({ event }) => event);
  const identifiers = new Set<string>();
  for (const Records of options.disturb?.(events) ?? [events]) {
    const invocation = await invoke(mapping.functionArn, { Records }).catch(asFailure);
    const outcome = batchOutcome(invocation, mapping.reportsItemFailures);
    if (outcome.kind === 'failed' || outcome.kind === 'throttled') {
      return outcome;
    }
    if (outcome.kind === 'partly-failed') {
      for (const identifier of outcome.identifiers) {
        identifiers.add(identifier);
      }
    }
  }
  return identifiers.size === 0 ? { kind: 'succeeded' } : { kind: 'partly-failed', identifiers };
}

/** A function host that breaks must not end the mapping: the batch is retried, here or after the next start. */
function asFailure(error: unknown): Invocation {
  return { kind: 'failed', errorType: 'InvokeFailed', errorMessage: String(error) };
}
