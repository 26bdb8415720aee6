import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answers, GivenAnswer } from '../../../../core/ocpp/answer.ts';
import { answerFrame } from '../../../../core/ocpp/answer-frame.ts';
import { failureFrame } from '../../../../core/ocpp/failure-frame.ts';
import { receive } from '../../../../core/ocpp/receive.ts';
import { routes } from '../../../../core/ocpp/v201/routes.ts';
import { v201 } from '../../../../core/ocpp/v201/v201.ts';
import { arbitraryRequest } from '../arbitrary-message.ts';
import { officialValidator } from '../v16/official-validator.ts';

const actions = Object.keys(routes);
const currentTime = '2026-04-14T16:30:00.000Z';
const authorization = {
  status: 'Accepted',
  parentTokenId: 'FLEET-1',
  expiryDate: currentTime,
} as const;

/** An answer to each event, as full as it can be. */
const fullAnswers: Answers = {
  booted: { status: 'Accepted', currentTime, intervalSeconds: 540 },
  heartbeat: { currentTime },
  statusReported: {},
  tokenPresented: { authorization, isCertificateUnchecked: true },
  sessionStarted: { transactionId: 't', authorization },
  metered: {},
  sessionReported: {},
  sessionStopped: { totalCost: '7.59' },
  informed: {},
  needsReported: { status: 'Rejected' },
  scheduleReported: { status: 'Accepted' },
  contractRequested: { status: 'Failed' },
  revocationAsked: { status: 'Failed' },
  scheduleAsked: { status: 'Rejected' },
  streamOpened: { status: 'Accepted' },
  paymentSettled: { receiptId: 'cdr_1' },
  vatNumberAsked: { status: 'Rejected', vatNumber: 'DE1', reason: { code: 'c', text: 't' } },
  chainStatusAsked: { status: 'Failed', certificates: [], nextUpdate: '2026-04-14T16:30:00.000Z' },
  dataTransferred: { status: 'UnknownVendorId' },
  diagnosticsReported: {},
  firmwareReported: {},
  securityReported: {},
  certificateRequested: { status: 'Rejected' },
  unusable: {},
};

const receiveCall = (action: string, payload: object) => {
  const received = receive(v201, JSON.stringify([2, 'm1', action, payload]));
  if (received.kind !== 'call') throw new Error(`${action}: ${JSON.stringify(received)}`);
  return received;
};

const given = (kind: keyof Answers): GivenAnswer =>
  ({ kind, answer: fullAnswers[kind] }) as GivenAnswer;

const payloadOf = (frame: string): unknown => JSON.parse(frame)[2];

const at = '2026-04-14T16:30:00Z';
const whole = {
  eventType: 'Updated',
  timestamp: at,
  triggerReason: 'MeterValuePeriodic',
  seqNo: 3,
  transactionInfo: { transactionId: 'tx-1' },
  evse: { id: 1, connectorId: 1 },
  meterValue: [{ timestamp: at, sampledValue: [{ value: 1200.5 }] }],
};

describe.each(actions)('%s of OCPP 2.0.1', (action) => {
  it(`every valid ${action} of OCPP 2.0.1 is read without a repair and gets an answer that the official schema allows`, () => {
    const isValid = officialValidator(action, 'conf', 'ocpp2.0.1');
    fc.assert(
      fc.property(arbitraryRequest(action, 'ocpp2.0.1'), (payload) => {
        const received = receiveCall(action, payload);
        expect(received.quirks).toEqual([]);
        expect(received.events.length).toBeGreaterThan(0);
        expect(received.events.every(({ raw }) => raw === JSON.stringify(payload))).toBe(true);
        const frame = answerFrame(
          received,
          received.events.map(({ kind }) => given(kind)),
        );
        expect(isValid(payloadOf(frame))).toBe(true);
        const failure = JSON.parse(failureFrame(received));
        if (failure[0] === 3) expect(isValid(failure[2])).toBe(true);
        else expect(failure[2]).toBe('InternalError');
      }),
      { numRuns: 40 },
    );
  });
});

describe('a message about a transaction of OCPP 2.0.1', () => {
  it.each([
    ['nothing', {}],
    ['a list', []],
    ['a text', 'TransactionEvent'],
    ['no transaction', { ...whole, transactionInfo: undefined }],
    ['a list as its event type', { ...whole, eventType: [] }],
  ])(
    'a TransactionEvent that cannot be read, %s, is kept as evidence and not refused',
    (_what, payload) => {
      const received = receiveCall('TransactionEvent', payload as object);
      expect(received.events).toMatchObject([{ kind: 'unusable', reason: expect.any(String) }]);
      expect(JSON.parse(failureFrame(received))).toEqual([3, 'm1', {}]);
    },
  );

  it('a TransactionEvent that breaks off is evidence of its transaction, of what it was meant to be', () => {
    const text = JSON.stringify([2, 'm1', 'TransactionEvent', { ...whole, eventType: 'Ended' }]);
    const received = receive(v201, text.slice(0, -60));
    expect(received).toMatchObject({
      kind: 'call',
      quirks: ['broken-frame'],
      events: [{ kind: 'unusable', about: 'sessionStopped', transactionId: 'tx-1', evseId: 1 }],
    });
  });

  it.each(['Started', 'Updated', 'Ended'])(
    'a TransactionEvent %s says what is kept, and who charges where it names a token',
    (eventType) => {
      const kindsOf = (payload: object) =>
        receiveCall('TransactionEvent', payload).events.map(({ kind }) => kind);
      const idToken = { idToken: 'TAG1', type: 'ISO14443' };
      const expected = {
        Started: [
          ['sessionReported', 'sessionStarted'],
          ['sessionReported', 'sessionStarted'],
        ],
        Updated: [['sessionReported'], ['sessionReported', 'tokenPresented']],
        Ended: [['sessionStopped'], ['tokenPresented', 'sessionStopped']],
      }[eventType];
      expect([kindsOf({ ...whole, eventType }), kindsOf({ ...whole, eventType, idToken })]).toEqual(
        expected,
      );
    },
  );
});

describe('the readings of a stored message of OCPP 2.0.1', () => {
  const receivedAt = Date.parse('2026-04-14T16:30:05.000Z');
  const decode = (kind: 'meter' | 'event' | 'stop', payload: object) =>
    v201.decodeStored(kind, JSON.stringify(payload), receivedAt);

  it('a value has its number, unit, power of ten, context and place, and the signed record beside it', () => {
    const signedMeterValue = {
      signedMeterData: 'T0NNRnw=',
      signingMethod: '',
      encodingMethod: 'OCMF',
      publicKey: '',
    };
    const sample = {
      value: 12.5,
      context: 'Transaction.Begin',
      unitOfMeasure: { unit: 'Wh', multiplier: 3 },
      signedMeterValue,
    };
    const meterValue = [{ timestamp: at, sampledValue: [sample] }];
    const common = {
      context: 'Transaction.Begin',
      measurand: 'Energy.Active.Import.Register',
      location: 'Outlet',
    };
    expect(decode('event', { ...whole, offline: true, meterValue }).readings).toEqual([
      {
        timestamp: at,
        receivedAt,
        offline: true,
        seqNo: 3,
        sampledValues: [
          { ...common, value: '12.5', unit: 'Wh', multiplier: 3, format: 'raw' },
          { ...common, value: JSON.stringify(signedMeterValue), multiplier: 0, format: 'signed' },
        ],
      },
    ]);
  });

  it('MeterValues and a TransactionEvent of the same moment are the same reading but for its number', () => {
    const { meterValue } = whole;
    const [own] = decode('meter', whole).readings;
    const [outside] = decode('meter', { evseId: 1, meterValue }).readings;
    expect({ ...outside, seqNo: 3 }).toEqual(own);
  });

  it.each([
    ['Ended', 3600, { at, chargedSeconds: 3600 }],
    ['Ended', 0, undefined],
    ['Ended', -5, undefined],
    ['Ended', 'PT1H', undefined],
    ['Updated', 3600, undefined],
  ])(
    'for how long energy flowed is what the last message says: %s, %s',
    (eventType, seconds, says) => {
      const transactionInfo = { transactionId: 'tx-1', timeSpentCharging: seconds };
      expect(decode('stop', { ...whole, eventType, transactionInfo }).says).toEqual(says);
    },
  );

  it('a message without values is a reading of nothing that carries its number', () => {
    const { meterValue: _none, ...silent } = whole;
    expect(decode('event', silent).readings).toEqual([
      { timestamp: at, receivedAt, offline: false, seqNo: 3, sampledValues: [] },
    ]);
  });

  it.each([
    ['Charging', 'ChargingStateChanged', 'charging'],
    ['SuspendedEV', 'ChargingStateChanged', 'suspended-by-vehicle'],
    ['SuspendedEVSE', 'ChargingStateChanged', 'suspended-by-charger'],
    ['EVConnected', 'CablePluggedIn', 'preparing'],
    ['EVConnected', 'StopAuthorized', 'finishing'],
    ['Idle', 'EVDeparted', 'available'],
  ])(
    'the charging state %s after %s is the state of the connector',
    (word, triggerReason, status) => {
      const transactionInfo = { transactionId: 'tx-1', chargingState: word };
      expect(decode('event', { ...whole, triggerReason, transactionInfo }).states).toEqual([
        {
          timestamp: at,
          receivedAt,
          status,
          ...(triggerReason === 'CablePluggedIn' && { pluggedIn: true }),
        },
      ]);
    },
  );

  it('a text of any kind that was stored is decoded without an error', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('meter', 'event', 'stop', 'status'),
        fc.oneof(fc.string(), fc.json()),
        (kind, raw) => {
          const { readings, states } = v201.decodeStored(kind as 'meter', raw, receivedAt);
          expect([Array.isArray(readings), Array.isArray(states)]).toEqual([true, true]);
        },
      ),
    );
  });
});

describe('a message of an OCPP 2.0.1 charger that is not one', () => {
  it.each([
    ['[2,"m1","Heartbeat",[]]', 'm1', 'FormatViolation'],
    ['[2,"m1","Authorize",{}]', 'm1', 'OccurrenceConstraintViolation'],
    ['[2,"m1","FirmwareStatusNotification",{"status":7}]', 'm1', 'TypeConstraintViolation'],
    [
      '[2,"m1","FirmwareStatusNotification",{"status":"Bogus"}]',
      'm1',
      'PropertyConstraintViolation',
    ],
    ['[2,"m1","StartTransaction",{}]', 'm1', 'NotImplemented'],
    ['[2,"m1","Reset",{}]', 'm1', 'NotSupported'],
    ['{"no":"frame"}', '-1', 'RpcFrameworkError'],
  ])('the frame %s is refused in the words of OCPP 2.0.1', (text, messageId, code) => {
    const received = receive(v201, text);
    expect(received.kind === 'answer' && JSON.parse(received.frame).slice(0, 3)).toEqual([
      4,
      messageId,
      code,
    ]);
  });

  it('any text gets a valid frame or none, and never an error', () => {
    const frames = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .tuple(fc.constantFrom(...actions), fc.json(), fc.nat({ max: 400 }))
        .map(([action, payload, cut]) => `[2,"m1","${action}",${payload}]`.slice(0, cut)),
    );
    fc.assert(
      fc.property(frames, (text) => {
        const received = receive(v201, text);
        if (received.kind === 'answer') expect(JSON.parse(received.frame)[0]).toBe(4);
        if (received.kind === 'call') expect(JSON.parse(failureFrame(received))[1]).toBeDefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it('any spoilt TransactionEvent is read or kept as evidence', () => {
    const names = fc.constantFrom(...Object.keys(whole));
    fc.assert(
      fc.property(names, fc.jsonValue(), fc.jsonValue(), (name, value, inside) => {
        const spoilt = { ...whole, [name]: value, transactionInfo: { transactionId: inside } };
        for (const payload of [{ ...whole, [name]: value }, spoilt]) {
          const { events } = receiveCall('TransactionEvent', payload);
          expect(events.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});
