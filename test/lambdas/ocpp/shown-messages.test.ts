import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { listCommands } from '../../../lambdas/store/commands/commands.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, plugIn } from '../plant.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const secret = 'S3CRET-of-the-charger';
const generatedAt = '2026-04-14T16:30:00Z';
const component = { name: 'SecurityCtrlr' };
const variable = { name: 'BasicAuthPassword' };

async function connected(chargerId: string, protocol: Protocol) {
  const operator = await newOperator(database);
  await operator.call('POST', '/chargers', { chargerId });
  const chargerKey = keyOf(operator.operatorId, chargerId);
  const connectedAt = new Date().toISOString();
  await takeOver(database, chargerKey, { connectionId: chargerId, protocol, connectedAt });
  const charger = await plugIn(database, chargerKey, Date.now(), protocol);
  const shown = async (path: string) =>
    JSON.stringify((await operator.call('GET', `/chargers/${chargerId}/${path}`)).body);
  return { operator, chargerKey, charger, shown };
}

describe('what a charger says of its secrets', () => {
  it('a secret is in no message, report or model of a charger of OCPP 2.0.1 that is shown', async () => {
    const { charger, shown } = await connected('SHOWN-2', 'ocpp2.0.1');
    await charger.call('NotifyReport', {
      ...{ requestId: 7, generatedAt, seqNo: 0, tbc: false },
      reportData: [
        { component, variable, variableAttribute: [{ value: secret }] },
        {
          component: { name: 'NetworkConfiguration', instance: '1' },
          variable: { name: 'VpnKey' },
          variableAttribute: [{ value: secret }],
        },
        {
          component: { name: 'OCPPCommCtrlr' },
          variable: { name: 'HeartbeatInterval' },
          variableAttribute: [{ value: '560' }],
        },
      ],
    });
    await charger.call('NotifyEvent', {
      ...{ generatedAt, seqNo: 0 },
      eventData: [
        {
          ...{ eventId: 1, timestamp: generatedAt, trigger: 'Delta', actualValue: secret },
          ...{ eventNotificationType: 'HardWiredNotification', component, variable },
        },
      ],
    });
    await charger.call('DataTransfer', {
      vendorId: 'maker',
      data: JSON.stringify({ key: 'authorizationKey', value: secret }),
    });
    const messages = await shown('messages');
    for (const action of ['NotifyReport', 'NotifyEvent']) expect(messages).toContain(action);
    const report = await shown('reports/7');
    expect(report).toContain('560');
    const model = await shown('device-model');
    expect(model).toContain('BasicAuthPassword');
    for (const text of [messages, report, model]) expect(text).not.toContain(secret);
  });

  it('a secret is in no answer of a charger of OCPP 1.6 that is shown, and its password is not kept', async () => {
    const { operator, chargerKey, charger, shown } = await connected('SHOWN-1', 'ocpp1.6');
    await operator.call('POST', '/chargers/SHOWN-1/commands', { type: 'get-configuration' });
    const posted: string[] = [];
    const sender = {
      ...{ database, now: Date.now, send: async () => undefined },
      post: async (_connection: string, frame: string) => {
        posted.push(frame);
        return 'posted' as const;
      },
    };
    await handleMessage(sender, { kind: 'next', chargerKey });
    const [, id] = JSON.parse(posted[0] ?? '[]') as [2, string];
    const configurationKey = [
      { key: 'AuthorizationKey', readonly: false, value: secret },
      { key: 'WifiPassword', readonly: false, value: secret },
      { key: 'CentralSystem', readonly: true, value: `ws://user:${secret}@h.example/` },
      { key: 'HeartbeatInterval', readonly: false, value: '560' },
    ];
    const answer = JSON.stringify([3, id, { configurationKey }]);
    await charger.send(answer);
    // A second answer is kept as evidence.
    await charger.send(answer);
    await charger.call('DataTransfer', { vendorId: 'maker', data: `AuthorizationKey=${secret}` });
    for (const path of ['configuration', 'commands', 'messages']) {
      const text = await shown(path);
      expect(text).not.toContain(secret);
      if (path !== 'messages') expect(text).toContain('560');
    }
    const [kept] = (await listCommands(database, chargerKey, { limit: 1 })).items;
    const { outcome } = kept ?? {};
    expect(kept?.state).toBe('accepted');
    const keys =
      outcome?.kind === 'accepted' && outcome.data?.kind === 'configuration'
        ? outcome.data.keys
        : [];
    expect(keys.find(({ key }) => key === 'AuthorizationKey')?.value).toBe('(not shown)');
  });
});
