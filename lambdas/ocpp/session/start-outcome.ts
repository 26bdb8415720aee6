import type { Authorization } from '../../../core/ocpp/answer.ts';

/**
 * The outcome of a start by its token: accepted, or refused with the status that says why; nothing where there is no token. A session may
 * begin all the same, which is counted besides: each start is either accepted or refused.
 */
export function startOutcome(authorization: Authorization | undefined): {
  readonly effects: readonly ('StartsAccepted' | 'StartsRefused')[];
  readonly refusedAs?: Authorization['status'];
} {
  if (authorization === undefined) return { effects: [] };
  if (authorization.status === 'Accepted') return { effects: ['StartsAccepted'] };
  return { effects: ['StartsRefused'], refusedAs: authorization.status };
}
