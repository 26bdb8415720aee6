import { describe, expect, it } from 'vitest';
import { connect, type Flow, registerCharger, sessionsOf } from '../flow.ts';

/** Whatever a charger sends, it gets a frame of OCPP back. */
export const frameScenarios = (flow: () => Flow): void => {
  describe('a message that is not as it should be', () => {
    it.each([
      ['no JSON at all', 'hello', '-1'],
      ['an object', '{"action":"Heartbeat"}', '-1'],
      ['an unknown action', '[2,"a1","OpenSesame",{}]', 'a1'],
      ['an action that only the system sends', '[2,"a2","Reset",{"type":"Soft"}]', 'a2'],
      ['a missing field', '[2,"a3","Authorize",{}]', 'a3'],
      ['a boot without vendor and model', '[2,"a4","BootNotification",{}]', 'a4'],
      ['a wrong type', '[2,"a5","DataTransfer",{"vendorId":5}]', 'a5'],
      ['an unknown word', '[2,"a6","FirmwareStatusNotification",{"status":"Odd"}]', 'a6'],
    ])('a malformed message is answered with a CALLERROR: %s', async (_what, text, id) => {
      const plug = await connect(flow(), await registerCharger(flow()));

      const frame = await plug.raw(text);

      expect(frame[0]).toBe(4);
      expect(frame[1]).toBe(id);
      expect(frame).toHaveLength(5);
      await plug.close();
    });

    it('a malformed message about a transaction is answered with a CALLRESULT and stored unchanged', async () => {
      const registered = await registerCharger(flow());
      const plug = await connect(flow(), registered);
      const { transactionId } = await plug.call('StartTransaction', {
        connectorId: 1,
        idTag: 'X',
        meterStart: 0,
        timestamp: new Date(Date.now() - 1000).toISOString(),
      });
      const broken = [
        ['StartTransaction', '{"connectorId":1,"idTag":"Y","meterStart":'],
        ['MeterValues', `{"connectorId":1,"transactionId":${transactionId},"meterValue":[{`],
        ['StopTransaction', `{"transactionId":${transactionId},"meterStop":`],
      ] as const;

      for (const [action, raw] of broken) {
        const frame = await plug.raw(`[2,"u",${JSON.stringify(action)},${raw}`);
        expect([action, frame.slice(0, 2)]).toEqual([action, [3, 'u']]);
      }

      const [session, ...others] = await sessionsOf(flow(), registered.chargerId);
      expect(others).toEqual([]);
      expect(session).toMatchObject({ state: 'ended', tokenId: 'X' });
      expect(session?.anomalies.map(({ code }) => code)).toEqual(
        expect.arrayContaining(['UNUSABLE_MESSAGE', 'STOP_UNREADABLE']),
      );
      const path = `/sessions/${session?.sessionId}/readings`;
      const readings = await flow().operator.get<{ items: { raw: string }[] }>(path);
      expect(readings.body.items.map(({ raw }) => raw).sort()).toEqual(
        broken.map(([, raw]) => raw).sort(),
      );
      await plug.close();
    });

    it('a malformed message about a transaction is used as far as it can be read', async () => {
      const registered = await registerCharger(flow());
      const plug = await connect(flow(), registered);

      for (const [action, payload] of [
        ['StartTransaction', { idTag: 'X' }],
        ['MeterValues', { connectorId: 'one', meterValue: 'many' }],
        ['StopTransaction', { nothing: true }],
      ] as const) {
        const frame = await plug.send(action, payload);
        expect([action, frame[0]]).toEqual([action, 3]);
      }

      const [session, ...others] = await sessionsOf(flow(), registered.chargerId);
      expect(others).toEqual([]);
      expect(session).toMatchObject({ state: 'ended', tokenId: 'X', connectorId: 1 });
      expect(session?.anomalies.map(({ code }) => code)).toContain('STOP_GUESSED');
      await plug.close();
    });

    it('an empty keep-alive frame needs no answer', async () => {
      const plug = await connect(flow(), await registerCharger(flow()));

      plug.shout('');

      expect(await plug.call('Heartbeat', {})).toHaveProperty('currentTime');
      expect(plug.received).toHaveLength(1);
      await plug.close();
    });

    it.each(['[3,"reply",{"status":"Accepted"}]', '[4,"reply","NotSupported","",{}]'])(
      'a reply to a request of ours is followed by nothing, not even an empty message: %s',
      async (reply) => {
        const plug = await connect(flow(), await registerCharger(flow()));

        plug.shout(reply);

        expect(await plug.call('Heartbeat', {})).toHaveProperty('currentTime');
        expect(plug.received).toHaveLength(1);
        await plug.close();
      },
    );
  });

  describe('every message of OCPP 1.6J that a charger sends', () => {
    it('every OCPP 1.6J message that chargers send is answered', async () => {
      const registered = await registerCharger(flow());
      const plug = await connect(flow(), registered);
      const at = '2026-01-05T10:00:00Z';

      expect(await plug.call('DataTransfer', { vendorId: 'com.acme' })).toEqual({
        status: 'UnknownVendorId',
      });
      expect(await plug.call('DiagnosticsStatusNotification', { status: 'Idle' })).toEqual({});
      expect(await plug.call('FirmwareStatusNotification', { status: 'Installed' })).toEqual({});
      expect(
        await plug.call('StatusNotification', {
          connectorId: 0,
          status: 'Available',
          errorCode: 'NoError',
          timestamp: at,
        }),
      ).toEqual({});
      expect(await plug.call('Authorize', { idTag: 'NOBODY' })).toEqual({
        idTagInfo: { status: 'Invalid' },
      });
      expect(await sessionsOf(flow(), registered.chargerId)).toEqual([]);
      await plug.close();
    });
  });
};
