import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerFrame } from '../../../core/ocpp/answer-frame.ts';
import { failureFrame } from '../../../core/ocpp/failure-frame.ts';
import { receive } from '../../../core/ocpp/receive.ts';
import { routes } from '../../../core/ocpp/v16/routes.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { v201 } from '../../../core/ocpp/v201/v201.ts';
import { arbitraryRequest } from './arbitrary-message.ts';

const actions = Object.keys(routes);
const transactional = ['StartTransaction', 'MeterValues', 'StopTransaction'];
const call = (action: string, payload: unknown): string =>
  JSON.stringify([2, 'm1', action, payload]);

/** The frame that goes back when the system can do nothing with a message. */
const worstAnswer = (text: string): string | undefined => {
  const received = receive(v16, text);
  if (received.kind === 'call') return failureFrame(received);
  return received.kind === 'answer' ? received.frame : undefined;
};

const codes = [
  'NotImplemented',
  'NotSupported',
  'InternalError',
  'FormationViolation',
  'PropertyConstraintViolation',
  'OccurenceConstraintViolation',
  'TypeConstraintViolation',
];

const expectValidAnswer = (frame: string): void => {
  const [type, messageId, ...rest] = JSON.parse(frame) as unknown[];
  expect(typeof messageId).toBe('string');
  if (type === 3) {
    expect(rest).toEqual([expect.any(Object)]);
    return;
  }
  expect(type).toBe(4);
  expect(rest).toEqual([expect.toBeOneOf(codes), expect.any(String), expect.any(Object)]);
};

describe('a message of an OCPP 1.6 charger', () => {
  it.each([
    ['an action that OCPP 1.6 does not know', call('TransactionEvent', {}), 'NotImplemented'],
    ['an action that looks like a property', call('__proto__', {}), 'NotImplemented'],
    ['an action that only we may send', call('Reset', { type: 'Hard' }), 'NotSupported'],
    [
      'a status without status',
      call('StatusNotification', { connectorId: 1, errorCode: 'NoError' }),
      'OccurenceConstraintViolation',
    ],
    ['a tag that is an object', call('Authorize', { idTag: {} }), 'TypeConstraintViolation'],
    ['a payload that is a list', call('Heartbeat', []), 'FormationViolation'],
    ['a frame that breaks off', '[2,"m1","Heartbeat",{', 'FormationViolation'],
    ['a message type that does not exist', '[9,"m1","Heartbeat",{}]', 'FormationViolation'],
  ])('a message is refused with the error code of its OCPP version: %s', (_what, text, code) => {
    const received = receive(v16, text);
    expect(received.kind === 'answer' && JSON.parse(received.frame)).toEqual([
      4,
      'm1',
      code,
      expect.stringMatching(/\.$/),
      {},
    ]);
  });

  it.each(['hello', '{"action":"x"}', '[2]', '[]', 'null', '[2,{"a":1},"Heartbeat",{}]'])(
    'a message that is not a frame is refused without an id: %s',
    (text) => {
      const received = receive(v16, text);
      expect(received.kind === 'answer' && JSON.parse(received.frame).slice(0, 3)).toEqual([
        4,
        '-1',
        'FormationViolation',
      ]);
    },
  );

  it("a charger's reply to a request is passed on and not answered", () => {
    expect(receive(v16, '[3,"c1",{"status":"Accepted"}]')).toMatchObject({
      kind: 'reply',
      reply: { kind: 'result', messageId: 'c1', raw: '{"status":"Accepted"}' },
    });
    expect(receive(v16, '[3,"c1",{"status":"Acc')).toMatchObject({
      kind: 'reply',
      reply: { kind: 'unreadable', messageId: 'c1', description: 'The answer breaks off.' },
    });
  });

  it.each([
    ['NotSupported', 'not-supported'],
    ['NotImplemented', 'not-implemented'],
    ['OccurenceConstraintViolation', 'malformed'],
    ['OccurrenceConstraintViolation', 'malformed'],
    ['formationviolation', 'malformed'],
    ['PropertyConstraintViolation', 'wrong-value'],
    ['GenericError', 'other'],
    ['constructor', 'other'],
  ])(
    'a charger that refuses a request states the reason, in either spelling: %s',
    (code, reason) => {
      const frame = JSON.stringify([4, 'c1', code, 'No.', { field: 1 }]);
      for (const version of [v16, v201]) {
        expect(receive(version, frame)).toEqual({
          kind: 'reply',
          reply: {
            kind: 'refusal',
            messageId: 'c1',
            reason,
            code,
            description: 'No.',
            raw: '{"field":1}',
          },
        });
      }
    },
  );

  it('a message of any text gets a valid frame or none', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .tuple(fc.constantFrom(2, 3, 4, '2'), fc.jsonValue(), fc.jsonValue(), fc.jsonValue())
        .map((frame) => JSON.stringify(frame)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const frame = worstAnswer(text);
        if (frame !== undefined) expectValidAnswer(frame);
      }),
      { numRuns: 500 },
    );
  });

  it('a message of any known action and any payload gets a valid frame', () => {
    const objects = fc.dictionary(
      fc.constantFrom(
        'connectorId',
        'idTag',
        'timestamp',
        'meterValue',
        'transactionData',
        'status',
      ),
      fc.jsonValue({ maxDepth: 4 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...actions),
        fc.oneof(objects, fc.jsonValue()),
        (action, payload) => {
          const frame = worstAnswer(call(action, payload));
          expect(frame).toBeDefined();
          expectValidAnswer(frame ?? '');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a message about a transaction is an event and never refused, whatever part of it is damaged', () => {
    const spoilt = fc.constantFrom(...transactional).chain((action) =>
      fc.record({
        action: fc.constant(action),
        payload: arbitraryRequest(action),
        spoil: fc.dictionary(
          fc.constantFrom('connectorId', 'idTag', 'timestamp', 'meterStart', 'meterValue'),
          fc.jsonValue(),
        ),
      }),
    );
    fc.assert(
      fc.property(spoilt, ({ action, payload, spoil }) => {
        const received = receive(v16, call(action, { ...payload, ...spoil }));
        expect(received.kind).toBe('call');
        if (received.kind !== 'call') return;
        expect(received.events[0]?.kind).not.toBe('unusable');
        expect(JSON.parse(failureFrame(received))[0]).toBe(3);
      }),
      { numRuns: 300 },
    );
  });

  it('a truncated message about a transaction is kept as evidence with its connector', () => {
    const text = '[2,"m1","StopTransaction",{"transactionId":1804289,"meterStop":';
    const received = receive(v16, text);
    expect(received).toMatchObject({
      kind: 'call',
      events: [
        {
          kind: 'unusable',
          about: 'sessionStopped',
          transactionId: '1804289',
          raw: '{"transactionId":1804289,"meterStop":',
        },
      ],
    });
    if (received.kind !== 'call') return;
    expect(JSON.parse(answerFrame(received, [{ kind: 'unusable', answer: {} }]))).toEqual([
      3,
      'm1',
      {},
    ]);
  });

  it('a message nested a thousand levels deep is read', () => {
    const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    const text = `[2,"m1","MeterValues",{"connectorId":1,"x":${deep},"meterValue":[{"timestamp":"2026-04-14T16:30:00Z","sampledValue":[{"value":1}]}]}]`;
    expect(receive(v16, text).kind).toBe('call');
  });
});
