import type { Authorization } from '../../../core/ocpp/answer.ts';

/** A start that was refused for its token, and the status that says why; nothing where the token is accepted, or there is none. */
export function refusedStart(authorization: Authorization | undefined): {
  readonly effects?: readonly ['StartsRefused'];
  readonly refusedAs?: Authorization['status'];
} {
  if (authorization === undefined || authorization.status === 'Accepted') return {};
  return { effects: ['StartsRefused'], refusedAs: authorization.status };
}
