import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { createCommand } from '../../../lambdas/store/commands/commands.ts';
import { countRequests } from '../count-requests.ts';
import { codesOf, meterValues, type TestCharger } from '../plant.ts';
import { closedConnections } from '../test-services.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

const boot16 = { chargePointVendor: 'Acme', chargePointModel: 'Wallbox' };
let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
});
beforeEach(async () => {
  await site.register();
});
afterAll(async () => {
  await site.close();
});

const decide = async (approval: string) =>
  await site.call('POST', `/chargers/${site.chargerId}/approval`, { approval });

const isOpen = async ({ step }: TestCharger): Promise<void> => {
  const connectedAt = new Date(step.connectedAt).toISOString();
  const { connectionId, charger } = step;
  const connection = { connectionId, protocol: charger.protocol, connectedAt };
  await takeOver(site.database, site.chargerKey, connection);
};

const latestCommand = async () =>
  (await site.call('GET', `/chargers/${site.chargerId}/commands`)).body.items?.[0];

describe('a charger that its operator has yet to accept', () => {
  it('a new charger is pending where the operator approves chargers first, and accepted where not', async () => {
    const approvalOfNext = async () => {
      await site.register();
      return (await site.call('GET', `/chargers/${site.chargerId}`)).body['approval'];
    };
    expect(await approvalOfNext()).toBe('accepted');

    await site.call('PUT', '/settings/admission', { approveNewChargers: true });
    expect((await site.call('GET', '/settings/admission')).body).toMatchObject({
      approveNewChargers: true,
    });
    expect(await approvalOfNext()).toBe('pending');

    await site.call('PUT', '/settings/admission', {});
    expect(await approvalOfNext()).toBe('accepted');
  });

  it.each([
    ['pending', 'Pending'],
    ['rejected', 'Rejected'],
  ] as const)(
    'a charger of OCPP 1.6 that is %s boots %s, charges by no token, and loses nothing of what it says',
    async (approval, word) => {
      await decide(approval);
      const charger = await site.plugIn();

      expect(await charger.call('BootNotification', boot16)).toMatchObject({
        status: word,
        interval: 540,
      });
      expect(await charger.call('Heartbeat', {})).toHaveProperty('currentTime');
      expect(await charger.call('Authorize', { idTag: 'TAG1' })).toEqual({
        idTagInfo: { status: 'Invalid' },
      });
      const begun = await charger.call('StartTransaction', start());
      expect(begun['idTagInfo']).toEqual({ status: 'Invalid' });
      const transactionId = begun['transactionId'] as number;
      const values = meterValues('2026-04-14T16:30:00.000Z', 6000, transactionId);
      expect(await charger.call('MeterValues', values)).toEqual({});
      expect(await charger.call('StopTransaction', stop(transactionId))).toEqual({});
      await site.settle();

      const [session] = await site.sessions();
      const cdr = await site.cdrOf(session);
      expect(cdr).toMatchObject({ state: 'held', energyKwh: 10, total: null });
      expect(codesOf(cdr)).toContain('TOKEN_NOT_ACCEPTED');
    },
  );

  it('what a charger of OCPP 2.0.1 reports of a session while it is pending is kept, although it is refused', async () => {
    await decide('pending');
    const charger = await site.plugIn(undefined, 'ocpp2.0.1');
    const event = (eventType: string, seqNo: number, timestamp: string, value: number) =>
      JSON.stringify([
        2,
        `m${seqNo}`,
        'TransactionEvent',
        {
          eventType,
          seqNo,
          timestamp,
          triggerReason: eventType === 'Started' ? 'Authorized' : 'StopAuthorized',
          transactionInfo: { transactionId: 'tx-1' },
          evse: { id: 1, connectorId: 1 },
          idToken: { idToken: 'TAG1', type: 'ISO14443' },
          meterValue: [
            { timestamp, sampledValue: [{ value, measurand: 'Energy.Active.Import.Register' }] },
          ],
        },
      ]);

    for (const text of [
      event('Started', 0, '2026-04-14T16:00:00Z', 1000),
      event('Ended', 1, '2026-04-14T17:00:00Z', 11_000),
    ]) {
      expect(JSON.parse((await charger.send(text)) ?? '')).toEqual([
        4,
        expect.any(String),
        'SecurityError',
        expect.any(String),
        {},
      ]);
    }
    await site.settle();

    const [session] = await site.sessions();
    expect(await site.cdrOf(session)).toMatchObject({ state: 'held', energyKwh: 10 });
  });

  it('a decision reaches a connection that is open: approval by the boot that is asked for, refusal by its end', async () => {
    await decide('pending');
    const held = await site.plugIn();
    await isOpen(held);
    expect(await held.call('BootNotification', boot16)).toMatchObject({ status: 'Pending' });

    await decide('accepted');
    expect(await latestCommand()).toMatchObject({ type: 'trigger' });
    expect(await held.call('BootNotification', boot16)).toMatchObject({ status: 'Accepted' });
    expect(await held.call('Authorize', { idTag: 'TAG1' })).toMatchObject({
      idTagInfo: { status: 'Accepted' },
    });
    expect(closedConnections).not.toContain(held.step.connectionId);

    const accepted = await site.plugIn();
    await isOpen(accepted);
    await decide('rejected');
    expect(closedConnections).toContain(accepted.step.connectionId);
    // Even if the connection could not be closed, nobody charges.
    const begun = await accepted.call('StartTransaction', start());
    expect(begun['idTagInfo']).toEqual({ status: 'Invalid' });
  });

  it('a pending charger may be asked and set, but neither it nor a rejected one starts a session by command', async () => {
    await isOpen(await site.plugIn());
    const order = async (command: object) =>
      await site.call('POST', `/chargers/${site.chargerId}/commands`, command);
    const remoteStart = { type: 'start', tokenId: 'TAG1', connectorId: 1 };
    const trigger = { type: 'trigger', message: 'status' };

    await decide('pending');
    expect(await order(remoteStart)).toMatchObject({ code: 'CHARGER_NOT_ACCEPTED' });
    expect(await order(trigger)).toMatchObject({ status: 202 });
    expect(await order({ type: 'get-configuration' })).toMatchObject({ status: 202 });
    await decide('rejected');
    expect(await order(trigger)).toMatchObject({ code: 'CHARGER_NOT_ACCEPTED' });
    await decide('accepted');
    expect(await order(remoteStart)).toMatchObject({ status: 202 });
  });

  it('a pending charger may send what it was asked for by a command that waited for it, and nothing else', async () => {
    await decide('pending');
    const charger = await site.plugIn(undefined, 'ocpp2.0.1');
    const { now } = charger.step;
    const [sentAt, createdAt] = [now, now - 3_600_000].map((ms) => new Date(ms).toISOString());
    await createCommand(site.database, {
      ...{ sequence: commandSequence(now - 3_600_000, 'a'), chargerKey: site.chargerKey },
      ...{ operatorId: site.operator.operatorId, chargerId: site.chargerId, state: 'sent' },
      ...{ request: { type: 'trigger', message: 'heartbeat' }, frame: '[]' },
      ...{ createdAt: createdAt ?? '', sentAt: sentAt ?? '', expiresAt: sentAt ?? '' },
    });
    expect(await charger.call('Heartbeat', {})).toHaveProperty('currentTime');
    const text = JSON.stringify([
      2,
      'm',
      'Authorize',
      { idToken: { idToken: 'TAG1', type: 'Central' } },
    ]);
    expect(await charger.send(text)).toContain('SecurityError');
  });

  it('nobody reads whether a charger is accepted that was when it connected, and one that was not is read until it is', async () => {
    const heard = async (charger: TestCharger) =>
      (await countRequests(site.database, () => charger.call('Heartbeat', {}))).reads;

    expect(await heard(await site.plugIn(undefined, 'ocpp2.0.1'))).toEqual([]);

    await decide('pending');
    const held = await site.plugIn();
    expect(await heard(held)).toEqual(['GetItem']);
    await decide('accepted');
    expect(await heard(held)).toEqual(['GetItem']);
    expect(await heard(held)).toEqual([]);
  });

  it('nobody decides about a charger that there is not, nor in other words', async () => {
    expect(await site.call('POST', '/chargers/nobody/approval', { approval: 'accepted' })).toEqual(
      expect.objectContaining({ code: 'CHARGER_NOT_FOUND' }),
    );
    expect(await decide('maybe')).toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
