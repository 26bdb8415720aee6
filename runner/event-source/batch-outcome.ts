import type { Invocation } from '../runner-interfaces.ts';
import { asJsonObject, isJsonObject } from '../template/json-object.ts';

/** The outcome of a batch. */
export type BatchOutcome =
  | { readonly kind: 'succeeded' }
  /** Named items failed, by identifier: sequence number or message id. */
  | { readonly kind: 'partly-failed'; readonly identifiers: ReadonlySet<string> }
  | { readonly kind: 'failed' }
  /** The function had no room; it has not seen the batch. */
  | { readonly kind: 'throttled' };

/** Reads what a function answered to a batch. A partial answer that AWS would not decodeMessage fails the whole batch. */
export function batchOutcome(invocation: Invocation, reportsItemFailures: boolean): BatchOutcome {
  switch (invocation.kind) {
    case 'throttled':
      return { kind: 'throttled' };
    case 'failed':
    case 'timed-out':
      return { kind: 'failed' };
    case 'returned':
      return reportsItemFailures ? partialOutcome(invocation.payload) : { kind: 'succeeded' };
    default:
      return invocation satisfies never;
  }
}

function partialOutcome(payload: unknown): BatchOutcome {
  const failures = asJsonObject(payload)['batchItemFailures'] ?? [];
  if (!Array.isArray(failures)) {
    return { kind: 'failed' };
  }
  const identifiers = failures.map((failure) =>
    isJsonObject(failure) ? failure['itemIdentifier'] : undefined,
  );
  if (identifiers.length === 0) {
    return { kind: 'succeeded' };
  }
  const areNamed = identifiers.every((each) => typeof each === 'string' && each !== '');
  return areNamed
    ? { kind: 'partly-failed', identifiers: new Set(identifiers.map(String)) }
    : { kind: 'failed' };
}
