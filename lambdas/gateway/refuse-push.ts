import { type Refused, refused } from '../http/answer.ts';
import type { BodyProblem } from '../http/route.ts';
import type { GatewayErrorCode } from './gateway-errors.ts';
import { mostSessions } from './pushed-sessions-form.ts';

const ofSession = /^body\.sessions\.\d+(?:\.|$)/;

const sessionsIn = (value: unknown): readonly unknown[] | undefined => {
  if (typeof value !== 'object' || value === null || !('sessions' in value)) return undefined;
  return Array.isArray(value.sessions) ? value.sessions : undefined;
};

/** Refuses the body of a push: first for what it is not, then for its length, and for what is wrong with its sessions. */
export function refusePush(problem: BodyProblem): Refused<GatewayErrorCode> {
  if (problem.kind === 'malformed') {
    return refused('SESSIONS_ARRAY_REQUIRED', problem.details);
  }
  const { value, details } = problem;
  const sessions = sessionsIn(value);
  if (sessions === undefined) return refused('SESSIONS_ARRAY_REQUIRED', details);
  if (sessions.length > mostSessions) {
    const message = `The request contains ${sessions.length} sessions.`;
    return refused('MAX_SESSIONS_EXCEEDED', [{ path: 'body.sessions', message }]);
  }
  const invalid = details.filter(({ path }) => ofSession.test(path));
  return invalid.length > 0
    ? refused('INVALID_SESSION', invalid)
    : refused('INVALID_REQUEST', details);
}
