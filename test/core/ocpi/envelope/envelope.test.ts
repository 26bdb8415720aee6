import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerOutcome } from '../../../../core/ocpi/envelope/answer-outcome.ts';
import { authorizationHeader, tokensOf } from '../../../../core/ocpi/envelope/authorization.ts';
import { readEnvelope, writeEnvelope } from '../../../../core/ocpi/envelope/envelope.ts';
import { joinUrl } from '../../../../core/ocpi/envelope/join-url.ts';
import { messageIdHeaders, messageIdsOf } from '../../../../core/ocpi/envelope/message-ids.ts';
import type { OcpiOutcome } from '../../../../core/ocpi/envelope/outcome.ts';

const at = '2026-03-11T08:00:00Z';
const tokens = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 64,
});

describe('the token in the header Authorization', () => {
  it('every token is found again, however it is encoded', () => {
    fc.assert(
      fc.property(
        tokens,
        fc.constantFrom('base64' as const, 'plain' as const),
        (token, encoding) => {
          expect(tokensOf(authorizationHeader(token, encoding))).toContain(token);
        },
      ),
    );
  });

  it('base64 is that of RFC 4648', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        const encoded = Buffer.from(token).toString('base64');
        expect(authorizationHeader(token, 'base64')).toBe(`Token ${encoded}`);
      }),
    );
  });

  it.each([
    ['Token ZXhhbXBsZS10b2tlbgo=', 'example-token'],
    ['token ZXhhbXBsZS10b2tlbgo', 'example-token'],
    ['Token  plain-token', 'plain-token'],
    ['Token 0123456789abcdef0123456789abcdef', '0123456789abcdef0123456789abcdef'],
  ])('the header "%s" can mean %s', (header, token) => {
    expect(tokensOf(header)).toContain(token);
  });

  it.each([undefined, '', 'Bearer abc', 'Token', 'Token a b'])(
    '%s is no header of OCPI',
    (header) => {
      expect(tokensOf(header)).toEqual([]);
    },
  );
});

describe('the statuses of an answer', () => {
  const rows: readonly (readonly [OcpiOutcome, number, number])[] = [
    [{ kind: 'ok' }, 200, 1000],
    [{ kind: 'created', location: 'https://example.org/cdrs/1' }, 201, 1000],
    [{ kind: 'not-json' }, 400, 2001],
    [{ kind: 'unauthenticated' }, 401, 2001],
    [{ kind: 'object-not-found' }, 404, 2001],
    [{ kind: 'not-your-party' }, 404, 2001],
    [{ kind: 'wrong-registration' }, 405, 2001],
    [{ kind: 'invalid', problems: [{ path: 'id', message: 'This is missing.' }] }, 200, 2001],
    [{ kind: 'not-enough-information' }, 200, 2002],
    [{ kind: 'unknown-location' }, 200, 2003],
    [{ kind: 'unknown-token' }, 404, 2004],
    [{ kind: 'preferences-not-possible' }, 404, 2001],
    [{ kind: 'our-fault' }, 200, 3000],
    [{ kind: 'partner-unusable' }, 200, 3001],
    [{ kind: 'unsupported-version' }, 200, 3002],
    [{ kind: 'endpoints-missing' }, 200, 3003],
    [{ kind: 'hub-unknown-receiver' }, 200, 4001],
    [{ kind: 'hub-timeout' }, 200, 4002],
    [{ kind: 'hub-connection-problem' }, 200, 4003],
  ];

  it.each(rows)('the outcome %j has HTTP %i and OCPI %i', (outcome, http, statusCode) => {
    expect(answerOutcome(outcome, '2.2.1')).toMatchObject({ http, statusCode });
  });

  it.each(rows)('the outcome %j has in 2.1.1 only codes that it knows', (outcome, http) => {
    const answer = answerOutcome(outcome, '2.1.1');
    expect([1000, 2000, 2001, 2002, 2003, 3000, 3001, 3002, 3003]).toContain(answer.statusCode);
    expect(answer.http).toBe(http);
  });

  it('problems are named by their paths', () => {
    const problems = [
      { path: 'evses[0].uid', message: 'This is missing.' },
      { path: '', message: 'This has to be an object.' },
    ];
    expect(answerOutcome({ kind: 'invalid', problems }, '2.3.0').statusMessage).toBe(
      'evses[0].uid: This is missing. This has to be an object.',
    );
  });
});

describe('the envelope', () => {
  it('data and status of an answer are read as they were written', () => {
    const written = writeEnvelope(answerOutcome({ kind: 'ok', data: ['a'] }, '2.2.1'), at);
    expect(JSON.parse(written)).toEqual({ data: ['a'], status_code: 1000, timestamp: at });
    expect(readEnvelope(200, written)).toEqual({ kind: 'success', data: ['a'] });
  });

  it('an answer without data has no field for them', () => {
    expect(JSON.parse(writeEnvelope(answerOutcome({ kind: 'ok' }, '2.2.1'), at))).toEqual({
      status_code: 1000,
      timestamp: at,
    });
  });

  it.each([
    [200, '{"status_code":2003,"status_message":"no such location"}', 2003],
    [200, '{"status_code":"1000"}', undefined],
    [500, '{"status_code":1000,"data":[]}', 1000],
    [404, '{"status_code":2004}', 2004],
    [502, '<html>Bad gateway</html>', null],
    [200, '[]', null],
  ])('HTTP %i with %s is understood', (http, body, statusCode) => {
    const read = readEnvelope(http, body);
    if (statusCode === undefined) expect(read).toMatchObject({ kind: 'success' });
    else expect(read).toMatchObject({ kind: 'failed', statusCode });
  });
});

describe('addresses and ids of messages', () => {
  it.each([
    [
      'https://example.org/commands',
      ['START_SESSION'],
      'https://example.org/commands/START_SESSION',
    ],
    [
      'https://example.org/commands/',
      ['START_SESSION'],
      'https://example.org/commands/START_SESSION',
    ],
    ['https://example.org/t//', ['DE', 'A/B'], 'https://example.org/t/DE/A%2FB'],
    ['https://example.org/t?key=1', ['x'], 'https://example.org/t/x?key=1'],
  ])('%s and %j are joined by one slash each', (endpoint, segments, url) => {
    expect(joinUrl(endpoint, segments)).toBe(url);
  });

  it('a partner that needs it gets a slash at the end', () => {
    expect(joinUrl('https://example.org/cdrs', ['1'], true)).toBe('https://example.org/cdrs/1/');
  });

  it('an answer echoes both ids, and a message that is passed on keeps the one of the conversation', () => {
    const ids = messageIdsOf({ 'x-request-id': 'r1', 'x-correlation-id': 'c1' }, 'own');
    expect(messageIdHeaders(ids)).toEqual({ 'X-Request-ID': 'r1', 'X-Correlation-ID': 'c1' });
    expect(messageIdsOf({}, 'own')).toEqual({ requestId: 'own', correlationId: 'own' });
    for (const odd of ['', 'a\nb', 'ü', '\ud83d', 'x'.repeat(256)]) {
      expect(messageIdsOf({ 'x-request-id': odd, 'x-correlation-id': odd }, 'own')).toEqual({
        requestId: 'own',
        correlationId: 'own',
      });
    }
  });
});
