import { describe, expect, it } from 'vitest';
import { refusePush } from '../../../lambdas/gateway/refuse-push.ts';

const detail = (path: string) => ({ path, message: 'It is wrong.' });

describe('the body of a push that cannot be taken', () => {
  it('only what is wrong with sessions is named where sessions are invalid', () => {
    const details = ['body.more', 'body.sessions.3.kiloWattHours', 'body.sessions.7'].map(detail);
    const value = { more: 1, sessions: [] };

    expect(refusePush({ kind: 'invalid', value, details })).toEqual({
      kind: 'refused',
      code: 'INVALID_SESSION',
      details: details.slice(1),
    });
  });

  it('a body without sessions is refused for that alone', () => {
    for (const problem of [
      { kind: 'malformed', details: [detail('body')] },
      { kind: 'invalid', value: 'text', details: [] },
      { kind: 'invalid', value: { session: [] }, details: [] },
    ] as const) {
      expect(refusePush(problem).code).toBe('SESSIONS_ARRAY_REQUIRED');
    }
  });
});
