import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answers, GivenAnswer } from '../../../../core/ocpp/answer.ts';
import { answerFrame } from '../../../../core/ocpp/answer-frame.ts';
import type { OcppEvent } from '../../../../core/ocpp/event.ts';
import { failureFrame } from '../../../../core/ocpp/failure-frame.ts';
import type { Action } from '../../../../core/ocpp/v16/action.ts';
import { routes } from '../../../../core/ocpp/v16/routes.ts';
import { mayBeGiven } from '../../../../core/ocpp/v16/transaction-id-range.ts';
import { v16 } from '../../../../core/ocpp/v16/version.ts';
import { arbitraryRequest } from '../arbitrary-message.ts';
import { receivedEvent } from '../received-event.ts';
import { officialValidator } from './official-validator.ts';
import { wireOf } from './wire-of.ts';

const actions = Object.keys(routes) as Action[];
const currentTime = '2026-04-14T16:30:00.000Z';
const authorization = { status: 'Accepted', parentTokenId: 'FLEET-1' } as const;

/** An answer to each event, as full as it can be. */
const fullAnswers: Answers = {
  booted: { status: 'Accepted', currentTime, intervalSeconds: 540 },
  heartbeat: { currentTime },
  statusReported: {},
  tokenPresented: { authorization: { ...authorization, expiryDate: currentTime } },
  sessionStarted: { transactionId: '2147483646', authorization },
  metered: {},
  sessionReported: {},
  sessionStopped: { authorization },
  dataTransferred: { status: 'UnknownVendorId', data: 'none' },
  diagnosticsReported: {},
  firmwareReported: {},
  securityReported: {},
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
  certificateRequested: { status: 'Rejected' },
  unusable: {},
};

const frameOf = (action: string, payload: object): string =>
  JSON.stringify([2, 'm1', action, payload]);

const eventOf = (action: string, payload: object): OcppEvent =>
  receivedEvent(frameOf(action, payload)).event;

/** A payload without what means nothing: empty texts, lists of nothing, and the placeholder of a transaction. */
const meaningOf = (payload: Readonly<Record<string, unknown>>): object => {
  const { chargeBoxSerialNumber, transactionId, meterValue, transactionData, ...rest } = payload;
  const box = { chargePointSerialNumber: rest['chargePointSerialNumber'] || chargeBoxSerialNumber };
  const meant = {
    ...rest,
    ...(chargeBoxSerialNumber === undefined ? {} : box),
    transactionId: mayBeGiven(Number(transactionId)) ? transactionId : undefined,
    transactionData: measured(transactionData),
  };
  const said = Object.entries(meant).filter(([, value]) => value !== '' && value !== undefined);
  return {
    ...Object.fromEntries(said),
    ...(meterValue === undefined ? {} : meterValuesOf(meterValue)),
  };
};

const measured = (list: unknown): unknown =>
  Array.isArray(list) ? list.filter(({ sampledValue }) => sampledValue.length > 0) : list;

/** The first value stays even if it measured nothing: its time is that of the event. */
const meterValuesOf = (list: unknown): object =>
  Array.isArray(list)
    ? { meterValue: [...list.slice(0, 1), ...(measured(list.slice(1)) as [])] }
    : {};

describe.each(actions)('%s of OCPP 1.6', (action) => {
  it(`${action} keeps its meaning when it becomes an event`, () => {
    fc.assert(
      fc.property(arbitraryRequest(action), (payload) => {
        const event = eventOf(action, payload);
        const kind = event.kind === 'metered' ? 'meter' : 'stop';
        const { readings } = v16.decodeStored(kind, event.raw, 0);
        const wire = JSON.parse(JSON.stringify(wireOf(event, readings)));
        expect(wire).toMatchObject(meaningOf(payload));
        expect({ ...eventOf(action, wire), raw: '' }).toEqual({ ...event, raw: '' });
        expect(JSON.parse(event.raw)).toEqual(JSON.parse(JSON.stringify(payload)));
      }),
      { numRuns: 60 },
    );
  });

  it(`a valid ${action} needs no repair`, () => {
    fc.assert(
      fc.property(arbitraryRequest(action), (payload) => {
        const { quirks } = receivedEvent(frameOf(action, payload));
        const meanings = [
          'placeholder-transaction-id',
          'connector-zero',
          'status-without-timestamp',
          'empty-vendor',
          'empty-samples',
          'impossible-connector',
        ];
        expect(quirks.filter((name) => !meanings.includes(name))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it(`${action} gets an answer that the official schema allows`, async () => {
    const validate = officialValidator(action, 'conf');
    const payloadOf = (frame: string): unknown => JSON.parse(frame)[2];
    const [payload] = fc.sample(arbitraryRequest(action), 1);
    const event = eventOf(action, payload ?? {});
    const received = { kind: 'call', version: v16, messageId: 'm1', action } as const;
    const given = { kind: event.kind, answer: fullAnswers[event.kind] } as GivenAnswer;

    expect(validate(payloadOf(answerFrame(received, [given])))).toBe(true);
    const failure = JSON.parse(failureFrame({ ...received, events: [event], quirks: [] }));
    if (failure[0] === 3) expect(validate(failure[2])).toBe(true);
    else expect(failure[2]).toBe('InternalError');
  });
});
