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
    ])('is answered with a CALLERROR: %s', async (_what, text, id) => {
      const plug = await connect(flow(), await registerCharger(flow()));

      const frame = await plug.raw(text);

      expect(frame[0]).toBe(4);
      expect(frame[1]).toBe(id);
      expect(frame).toHaveLength(5);
      await plug.close();
    });

    it('is answered with a CALLRESULT when it is about a transaction, and kept', async () => {
      const plug = await connect(flow(), await registerCharger(flow()));

      for (const [action, payload] of [
        ['StartTransaction', { idTag: 'X' }],
        ['StopTransaction', { nothing: true }],
        ['MeterValues', { connectorId: 'one', meterValue: 'many' }],
      ] as const) {
        const frame = await plug.send(action, payload);
        expect([action, frame[0]]).toEqual([action, 3]);
      }
      await plug.close();
    });

    it('may be an empty keep-alive frame, which needs no answer', async () => {
      const plug = await connect(flow(), await registerCharger(flow()));

      plug.shout('');

      expect(await plug.call('Heartbeat', {})).toHaveProperty('currentTime');
      await plug.close();
    });
  });

  describe('every message of OCPP 1.6J that a charger sends', () => {
    it('is answered', async () => {
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
