import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answers, GivenAnswer } from '../../../../core/ocpp/answer.ts';
import { answerFrame } from '../../../../core/ocpp/answer-frame.ts';
import type { OcppEvent } from '../../../../core/ocpp/event.ts';
import { failureFrame } from '../../../../core/ocpp/failure-frame.ts';
import { receive } from '../../../../core/ocpp/receive.ts';
import { centralActions } from '../../../../core/ocpp/v21/central-action.ts';
import { routes } from '../../../../core/ocpp/v21/routes.ts';
import { v21 } from '../../../../core/ocpp/v21/v21.ts';
import { v201 } from '../../../../core/ocpp/v201/v201.ts';
import { arbitraryMessage, isOfficial } from '../v201/official-messages.ts';

const actions = Object.keys(routes);
const currentTime = '2026-04-14T16:30:00.000Z';
const authorization = {
  status: 'Accepted',
  parentTokenId: 'FLEET-1',
  expiryDate: currentTime,
} as const;

const answers: Partial<Answers> = {
  booted: { status: 'Accepted', currentTime, intervalSeconds: 540 },
  heartbeat: { currentTime },
  tokenPresented: { authorization, isCertificateUnchecked: true },
  sessionStarted: { transactionId: 't', authorization },
  sessionStopped: { totalCost: '7.59' },
  needsReported: { status: 'Rejected' },
  scheduleReported: { status: 'Accepted' },
  contractRequested: { status: 'Failed' },
  revocationAsked: { status: 'Failed' },
  scheduleAsked: { status: 'Rejected' },
  streamOpened: { status: 'Accepted' },
  paymentSettled: { receiptId: 'cdr_1' },
  dataTransferred: { status: 'UnknownVendorId' },
  certificateRequested: { status: 'Rejected' },
};

/** A full answer to an event; what goes back of the event itself comes from it. */
const given = (event: OcppEvent): GivenAnswer => {
  switch (event.kind) {
    case 'vatNumberAsked':
      return {
        kind: event.kind,
        answer: {
          status: 'Rejected',
          vatNumber: event.vatNumber,
          reason: { code: 'FormOnly', text: 'The form is right.' },
        },
      };
    case 'chainStatusAsked': {
      const { certificates } = event;
      return {
        kind: event.kind,
        answer: { status: 'Failed', certificates, nextUpdate: currentTime },
      };
    }
    default:
      return { kind: event.kind, answer: answers[event.kind] ?? {} } as GivenAnswer;
  }
};

const receiveCall = (action: string, payload: object) => {
  const received = receive(v21, JSON.stringify([2, 'm1', action, payload]));
  if (received.kind !== 'call') throw new Error(`${action}: ${JSON.stringify(received)}`);
  return received;
};

const at = '2026-04-14T16:30:00Z';
const event = {
  eventType: 'Updated',
  timestamp: at,
  triggerReason: 'MeterValuePeriodic',
  seqNo: 3,
  transactionInfo: { transactionId: 'tx-1', chargingState: 'Charging' },
  evse: { id: 1, connectorId: 1 },
  meterValue: [{ timestamp: at, sampledValue: [{ value: 1200.5 }] }],
};

describe('the messages of a charger of OCPP 2.1', () => {
  it('a charger of OCPP 2.1 sends 36 messages that wait for an answer, and none of them is one that only we send', () => {
    expect(actions).toHaveLength(36);
    expect(actions.filter((one) => (centralActions as readonly string[]).includes(one))).toEqual(
      [],
    );
  });

  it.each(actions)(
    'every valid %s of OCPP 2.1 is read without a repair and gets an answer that the official schema allows',
    (action) => {
      fc.assert(
        fc.property(arbitraryMessage('ocpp2.1', action, 'request'), (payload) => {
          fc.pre(isOfficial('ocpp2.1', action, 'request', payload));
          const received = receiveCall(action, payload);
          expect(received.quirks).toEqual([]);
          expect(received.events.length).toBeGreaterThan(0);
          const answer = JSON.parse(answerFrame(received, received.events.map(given)))[2];
          expect([answer, isOfficial('ocpp2.1', action, 'response', answer)]).toEqual([
            answer,
            true,
          ]);
          const failure = JSON.parse(failureFrame(received));
          expect(failure[0] === 3 || failure[2] === 'InternalError').toBe(true);
        }),
        { numRuns: 20 },
      );
    },
  );

  it('what OCPP 2.1 adds to a transaction is read over: its cost, limit, tariff, mode and preconditioning', () => {
    const more = {
      ...event,
      preconditioningStatus: 'Ready',
      evseSleep: false,
      costDetails: {
        totalCost: { currency: 'EUR', typeOfCost: 'NormalCost', total: {} },
        totalUsage: { energy: 1, chargingTime: 1, idleTime: 0 },
      },
      transactionInfo: {
        ...event.transactionInfo,
        operationMode: 'ChargingOnly',
        tariffId: 'T1',
        transactionLimit: { maxCost: 20 },
      },
    };
    expect(isOfficial('ocpp2.1', 'TransactionEvent', 'request', more)).toBe(true);
    const received = receiveCall('TransactionEvent', more);
    expect(received.events).toMatchObject([{ kind: 'sessionReported', transactionId: 'tx-1' }]);
    expect(received.quirks).toEqual([]);
    const decode = (payload: object) =>
      v21.decodeStored('event', JSON.stringify(payload), Date.parse(at));
    expect(decode(more)).toEqual(decode(event));
    expect(decode(event)).toEqual(
      v201.decodeStored('event', JSON.stringify(event), Date.parse(at)),
    );
    expect(decode(event).readings).toHaveLength(1);
  });

  it('a TransactionEvent of OCPP 2.1 that cannot be read is kept as evidence and not refused', () => {
    const received = receiveCall('TransactionEvent', { ...event, eventType: [] });
    expect(received.events).toMatchObject([{ kind: 'unusable', transactionId: 'tx-1' }]);
    expect(JSON.parse(failureFrame(received))).toEqual([3, 'm1', {}]);
  });

  it.each([
    [
      '[2,"m1","VatNumberValidation",{"vatNumber":"123456789012345678901"}]',
      'm1',
      'PropertyConstraintViolation',
    ],
    [
      '[2,"m1","GetCertificateChainStatus",{"certificateStatusRequests":[]}]',
      'm1',
      'PropertyConstraintViolation',
    ],
    ['[2,"m1","VatNumberValidation",{}]', 'm1', 'OccurrenceConstraintViolation'],
    ['[2,"m1","SetDefaultTariff",{}]', 'm1', 'NotSupported'],
    ['[2,"m1","StartTransaction",{}]', 'm1', 'NotImplemented'],
    ['[2,', '-1', 'RpcFrameworkError'],
  ])('the frame %s is refused in the words of OCPP 2.1', (text, messageId, code) => {
    const received = receive(v21, text);
    expect(received.kind === 'answer' && JSON.parse(received.frame).slice(0, 3)).toEqual([
      4,
      messageId,
      code,
    ]);
  });

  const stream = '{"id":1,"pending":0,"basetime":"2026-04-14T16:30:00Z","data":[{"t":0,"v":"1"}]}';

  it('a message that expects no answer is read like any other', () => {
    expect(receive(v21, `[6,"m1","NotifyPeriodicEventStream",${stream}]`)).toMatchObject({
      kind: 'send',
      action: 'NotifyPeriodicEventStream',
      messageId: 'm1',
      events: [{ kind: 'informed', raw: stream }],
      quirks: [],
    });
  });

  it('a message that is sent as one that expects an answer, and the other way round, is not of OCPP 2.1', () => {
    expect(receive(v21, `[2,"m1","NotifyPeriodicEventStream",${stream}]`)).toMatchObject({
      kind: 'answer',
      fault: 'unknown-action',
    });
    expect(receive(v21, '[6,"m1","Heartbeat",{}]')).toMatchObject({ kind: 'reply' });
  });

  it('a complaint about an answer of ours names the message of the charger', () => {
    const text = '[5,"Reset.1","InternalError","The answer was refused.",{}]';
    expect(receive(v21, text)).toEqual({
      kind: 'objection',
      messageId: 'Reset.1',
      code: 'InternalError',
      description: 'The answer was refused.',
      raw: text,
    });
  });

  it.each([
    ['a broken message', v21, '[6,"m1","NotifyPeriodicEventStream",{"id"'],
    ['a message against its schema', v21, '[6,"m1","NotifyPeriodicEventStream",{"id":-1}]'],
    ['a message without its action', v21, '[6,"m1"]'],
    ['a complaint that breaks off', v21, '[5,"m1"'],
    [
      'a message of a version that has none such',
      v201,
      `[6,"m1","NotifyPeriodicEventStream",${stream}]`,
    ],
  ])(
    '%s that expects no answer is never answered, and ends no request of ours by its id',
    (_what, version, text) => {
      expect(receive(version, text)).toMatchObject({
        kind: 'reply',
        reply: { kind: 'unreadable', raw: text },
      });
      const { reply } = receive(version, text) as { reply: object };
      expect(reply).not.toHaveProperty('messageId');
    },
  );

  it('any text gets a valid frame or none, and never an error', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .tuple(fc.nat({ max: 7 }), fc.constantFrom(...actions), fc.json(), fc.nat({ max: 400 }))
        .map(([type, action, payload, cut]) =>
          `[${type},"m1","${action}",${payload}]`.slice(0, cut),
        ),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const received = receive(v21, text);
        if (received.kind === 'answer') expect(JSON.parse(received.frame)[0]).toBe(4);
        if (received.kind === 'call') expect(JSON.parse(failureFrame(received))[1]).toBeDefined();
      }),
      { numRuns: 1_000 },
    );
  });
});
