import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReceivedCall } from '../../../core/ocpp/receive.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { answerCall, provisionalFrame } from '../../../lambdas/ocpp/answer-call.ts';
import { receivedEvent } from '../../core/ocpp/received-event.ts';
import { at, messageRecords, meterValues } from '../plant.ts';
import { openSite, start, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
});

afterAll(async () => {
  await site.close();
});

const eventOf = (action: string, payload: object) =>
  receivedEvent(JSON.stringify([2, 'm1', action, payload])).event;

/** One message that says several things, as TransactionEvent of OCPP 2.x does. */
const callOf = (...events: ReceivedCall['events']): ReceivedCall => ({
  kind: 'call',
  version: v16,
  messageId: 'm1',
  action: 'StartTransaction',
  events,
  quirks: [],
});

const status = { connectorId: 1, status: 'Charging', errorCode: 'NoError', timestamp: at(0) };

describe('a message that says several things', () => {
  it('a message with several events processes all of them in order and gets one answer', async () => {
    await site.register();
    const { step } = await site.plugIn();
    const call = callOf(
      eventOf('StartTransaction', start()),
      eventOf('StatusNotification', status),
      eventOf('MeterValues', meterValues(at(1), 1500)),
    );

    const { frame, effects, sessionId } = await answerCall(step, call);

    expect(JSON.parse(frame)).toEqual([
      3,
      'm1',
      { transactionId: expect.any(Number), idTagInfo: { status: 'Accepted' } },
    ]);
    expect(effects).toEqual(['SessionsStarted', 'StartsAccepted']);
    const kept = (await messageRecords(site.database)).filter(
      ({ chargerKey }) => chargerKey === site.chargerKey,
    );
    expect(kept.map(({ kind }) => kind).sort()).toEqual(['meter', 'status']);
    await site.settle();
    expect((await site.sessions())[0]).toMatchObject({ sessionId, energyKwh: 0.5 });
  });

  it('a message with several events is postponed only if each of them can be', async () => {
    await site.register();
    const { step } = await site.plugIn();
    const event = eventOf('StatusNotification', status);
    const heartbeat = eventOf('Heartbeat', {});

    expect(JSON.parse(provisionalFrame(step, callOf(event, event)) ?? '')).toEqual([3, 'm1', {}]);
    expect(provisionalFrame(step, callOf(event, heartbeat))).toBeUndefined();
    expect(provisionalFrame(step, callOf())).toBeUndefined();
  });
});
