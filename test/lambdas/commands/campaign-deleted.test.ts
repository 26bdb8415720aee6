import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { recordBoot } from '../../../lambdas/store/chargers/boots.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { noteFirmwareUploaded, readFirmware } from '../../../lambdas/store/files/firmware.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator } from '../plant.ts';

process.env['FILES_URL'] = 'https://files.example';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

describe('a charger that is deleted while a campaign updates it', () => {
  it('a deleted charger has failed, also where one that is registered under its id has the version, and keeps no other one waiting', async () => {
    const operator = await newOperator(database, 'Deleted in campaigns');
    const { operatorId } = operator;
    const file = { version: '2.0', fileName: 'a.bin', bytes: 1, sha256: '0'.repeat(64) };
    const { firmwareId } = (await operator.call('POST', '/firmware', file)).body;
    const own = await readFirmware(database, operatorId, String(firmwareId));
    if (own !== undefined) await noteFirmwareUploaded(database, own, new Date().toISOString());
    const chargerIds = ['DEL-1', 'DEL-2', 'DEL-3'];
    for (const chargerId of chargerIds) {
      await operator.call('POST', '/chargers', { chargerId });
      await takeOver(database, keyOf(operatorId, chargerId), {
        ...{ connectionId: chargerId, protocol: 'ocpp1.6', connectedAt: new Date().toISOString() },
      });
    }
    const clock = { late: 0 };
    const looks: CommandMessage[] = [];
    const sender: Sender = {
      database,
      now: () => Date.now() + clock.late,
      post: async () => 'posted',
      send: async (message) => void (message.kind === 'campaign' && looks.push(message)),
    };
    const chargers = { chargerIds };
    const begun = await operator.call('POST', '/firmware-campaigns', { firmwareId, chargers });
    const campaignId = String(begun.body['campaignId']);
    await handleMessage(sender, { kind: 'campaign', operatorId, campaignId, look: 0 });

    for (const chargerId of ['DEL-1', 'DEL-2']) {
      expect((await operator.call('DELETE', `/chargers/${chargerId}`)).status).toBe(204);
    }
    expect((await operator.call('POST', '/chargers', { chargerId: 'DEL-2' })).status).toBe(201);
    clock.late += 60_000;
    const bootedAt = new Date(sender.now()).toISOString();
    for (const chargerId of ['DEL-2', 'DEL-3']) {
      const key = keyOf(operatorId, chargerId);
      await recordBoot(database, key, { firmwareVersion: '2.0', bootedAt }, '{}');
    }
    const look = looks.at(-1);
    if (look !== undefined) await handleMessage(sender, look);

    const shown = (await operator.call('GET', `/firmware-campaigns/${campaignId}`)).body;
    const ended = shown['ended'] as readonly Record<string, unknown>[];
    const outcomes = ended.map(({ chargerId, outcome, word }) => [chargerId, outcome, word]);
    expect(outcomes.toSorted()).toEqual([
      ['DEL-1', 'failed', 'CHARGER_NOT_FOUND'],
      ['DEL-2', 'failed', 'CHARGER_NOT_FOUND'],
      ['DEL-3', 'installed', 'Booted'],
    ]);
    expect(shown['inFlight']).toEqual([]);
  });
});
