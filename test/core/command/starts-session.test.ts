import { expect, it } from 'vitest';
import type { CommandOutcome } from '../../../core/command/command-outcome.ts';
import { type SentStart, startsSession } from '../../../core/command/starts-session.ts';
import { requestNumber } from '../../../core/ocpp/request-number.ts';
import type { Session } from '../../../core/session/session.ts';
import { at, sessionAt } from './session-at.ts';

const session = (overrides: Partial<Session> = {}, tokenId = 'ada', minute = 1): Session =>
  sessionAt(minute, { sessionId: 'ses_1', ...overrides }, tokenId);

const start = (overrides: Partial<SentStart> = {}): SentStart => ({
  request: { type: 'start', tokenId: 'ADA', connector: { evseId: 2, connectorId: 1 } },
  sequence: 'abcdefgh',
  sentAt: at(0),
  ...overrides,
});

it('a session of the token and connector that begins within ten minutes is likely the one that was started', () => {
  expect(startsSession(start(), session())).toBe('likely');
  expect(startsSession(start(), session({}, 'ada', 10))).toBe('likely');
  expect(startsSession(start(), session({}, 'ada', 11))).toBe('none');
  expect(startsSession(start({ sentAt: at(2) }), session())).toBe('none');
  expect(startsSession(start(), session({}, 'BOB'))).toBe('none');
  expect(startsSession(start(), session({ evseId: 1 }))).toBe('none');
});

it('a start that names no connector, or an EVSE alone, may begin on any of them', () => {
  const on = (connector: { evseId: number; connectorId: number } | undefined) =>
    startsSession(
      start({
        request: {
          type: 'start',
          tokenId: 'ADA',
          ...(connector === undefined ? {} : { connector }),
        },
      }),
      session(),
    );

  expect(on(undefined)).toBe('likely');
  expect(on({ evseId: 0, connectorId: 0 })).toBe('likely');
  expect(on({ evseId: 2, connectorId: 0 })).toBe('likely');
  expect(on({ evseId: 2, connectorId: 2 })).toBe('none');
});

it('the number that a session names decides, whatever its token and time', () => {
  const remoteStartId = requestNumber('abcdefgh');

  expect(startsSession(start(), session({ remoteStartId }, 'BOB', 50))).toBe('named');
  expect(startsSession(start(), session({ remoteStartId: remoteStartId + 1 }))).toBe('none');
});

it('a start that was refused began only a session that names it; one whose answer cannot be read, or has not come, may have begun any', () => {
  const remoteStartId = requestNumber('abcdefgh');
  const after = (outcome: CommandOutcome) => [
    startsSession(start({ outcome }), session()),
    startsSession(start({ outcome }), session({ remoteStartId })),
  ];

  expect(after({ kind: 'rejected', reason: 'rejected', word: 'Rejected' })).toEqual([
    'none',
    'named',
  ]);
  const error = { reason: 'other', code: 'InternalError', description: '' } as const;
  expect(after({ kind: 'failed', ...error })).toEqual(['none', 'named']);
  expect(after({ kind: 'unreadable', description: 'It breaks off.' })).toEqual(['likely', 'named']);
});

it('the transaction that an answer names decides, whatever its token and time', () => {
  const answered = (transactionId: string) =>
    start({ outcome: { kind: 'accepted', data: { kind: 'transaction', transactionId } } });

  expect(startsSession(answered('tx'), session({}, '', 0))).toBe('named');
  expect(startsSession(answered('other'), session())).toBe('none');
});

it('a session that began without a token is the one that was started when it gets the token in time', () => {
  const withToken = (tokenAt: string) => {
    const { start: begun } = session({}, 'ADA', -30);
    return session(begun === undefined ? {} : { start: { ...begun, tokenAt } });
  };

  expect(startsSession(start(), withToken(at(1)))).toBe('likely');
  expect(startsSession(start(), withToken(at(12)))).toBe('none');
  expect(startsSession(start(), withToken(at(-5)))).toBe('none');
});
