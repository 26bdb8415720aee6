import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { recordBoot } from '../../../lambdas/store/chargers/boots.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { readCampaign } from '../../../lambdas/store/files/campaigns.ts';
import { noteFirmwareUploaded, readFirmware } from '../../../lambdas/store/files/firmware.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';

process.env['FILES_URL'] = 'https://files.example';

let database: TestDatabase;
let operator: TestOperator;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database, 'Campaigns');
});
afterAll(async () => {
  await database.stop();
});

const chargerIds = ['STP-1', 'STP-2', 'STP-3', 'STP-4'];

async function uploadedFirmware(): Promise<string> {
  const firmware = { version: '2.0', fileName: 'a.bin', bytes: 1, sha256: '0'.repeat(64) };
  const { body } = await operator.call('POST', '/firmware', firmware);
  const own = await readFirmware(database, operator.operatorId, String(body['firmwareId']));
  if (own !== undefined) await noteFirmwareUploaded(database, own, new Date().toISOString());
  return String(body['firmwareId']);
}

/** Chargers that are connected, a clock, and a queue whose messages are handled when they are due. */
async function connectedFleet() {
  const clock = { now: Date.now() };
  const at = (later = 0): string => new Date(clock.now + later).toISOString();
  for (const chargerId of chargerIds) {
    await operator.call('POST', '/chargers', { chargerId });
    const connection = { connectionId: chargerId, protocol: 'ocpp1.6', connectedAt: at() } as const;
    await takeOver(database, keyOf(operator.operatorId, chargerId), connection);
  }
  const [queue, asked]: [{ at: number; message: CommandMessage }[], string[]] = [[], []];
  const sender: Sender = {
    database,
    now: () => clock.now,
    send: async (message, seconds = 0) => {
      queue.push({ at: clock.now + seconds * 1000, message });
    },
    post: async (connectionId) => {
      asked.push(connectionId);
      return 'posted';
    },
  };
  /** Handles what is due within an hour. */
  const pass = async (): Promise<void> => {
    const end = clock.now + 3_600_000;
    for (;;) {
      queue.sort((a, b) => a.at - b.at);
      const [next] = queue;
      if (next === undefined || next.at > end) break;
      queue.shift();
      clock.now = Math.max(clock.now, next.at);
      await handleMessage(sender, next.message);
    }
    clock.now = end;
  };
  const boot = async (chargerId: string): Promise<void> => {
    const booted = { firmwareVersion: '2.0', bootedAt: at(1000) };
    await recordBoot(database, keyOf(operator.operatorId, chargerId), booted, '{}');
    clock.now += 2_000;
  };
  return { asked, queue, sender, pass, boot };
}

describe('a firmware campaign that is stopped', () => {
  it('those that were asked end, nobody else is asked, and all others follow when it goes on', async () => {
    const firmwareId = await uploadedFirmware();
    const { asked, queue, sender, pass, boot } = await connectedFleet();
    const form = { firmwareId, chargers: { chargerIds }, waveSize: 2 };
    const begun = await operator.call('POST', '/firmware-campaigns', form);
    const campaignId = String(begun.body['campaignId']);
    const path = `/firmware-campaigns/${campaignId}`;
    const { operatorId } = operator;
    /** Begins the looks, as the message of the call does. */
    const look = async (): Promise<void> => {
      const stored = await readCampaign(database, operatorId, campaignId);
      await sender.send({ kind: 'campaign', operatorId, campaignId, look: stored?.look ?? 0 });
    };
    await look();
    await pass();
    expect(asked.toSorted()).toEqual(['STP-1', 'STP-2']);

    await boot('STP-1');
    await pass();
    const stopped = await operator.call('POST', `${path}/stop`);
    expect(stopped.body).toMatchObject({ state: 'stopped', installed: 1, waiting: 2 });
    await pass();
    await boot('STP-2');
    await pass();
    expect((await operator.call('GET', path)).body).toMatchObject({
      ...{ state: 'stopped', installed: 2, waiting: 2, inFlight: [] },
    });
    expect(asked.toSorted()).toEqual(['STP-1', 'STP-2']);
    expect(queue).toEqual([]);

    const resumed = await operator.call('POST', `${path}/resume`);
    expect(resumed.body).toMatchObject({ state: 'running' });
    await look();
    await pass();
    expect(asked.toSorted()).toEqual(chargerIds);
    for (const chargerId of ['STP-3', 'STP-4']) await boot(chargerId);
    await pass();
    expect((await operator.call('GET', path)).body).toMatchObject({
      ...{ state: 'finished', installed: 4, waiting: 0, inFlight: [] },
    });
  });
});
