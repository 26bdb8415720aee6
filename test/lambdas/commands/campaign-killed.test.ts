import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import { answerRequest } from '../../../lambdas/api/answer-request.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import { leaveAnother, triesToLeaveAnother } from '../../../lambdas/commands/leave-another.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { recordBoot } from '../../../lambdas/store/chargers/boots.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { noteFirmwareUploaded, readFirmware } from '../../../lambdas/store/files/firmware.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { killAt } from '../cdr/kill-at.ts';
import { matched } from '../http-event.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { testServices } from '../test-services.ts';

process.env['FILES_URL'] = 'https://files.example';

let database: TestDatabase;
let operator: TestOperator;
let firmwareId: string;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database, 'Campaigns');
  const firmware = { version: '2.0', fileName: 'a.bin', bytes: 1, sha256: '0'.repeat(64) };
  firmwareId = String((await operator.call('POST', '/firmware', firmware)).body['firmwareId']);
  const own = await readFirmware(database, operator.operatorId, firmwareId);
  if (own !== undefined) await noteFirmwareUploaded(database, own, new Date().toISOString());
});
afterAll(async () => {
  await database.stop();
});

let count = 0;

/** A request that dies before it has sent a message for now; what was sent for later is there. */
async function requestThatDies(chargerId: string): Promise<CommandMessage[]> {
  const sent: CommandMessage[] = [];
  const { routeKey, pathParameters } = matched('POST', '/firmware-campaigns');
  const request = {
    routeKey,
    path: pathParameters,
    query: {},
    headers: { authorization: `Bearer ${operator.apiKey}` },
    body: JSON.stringify({ firmwareId, chargers: { chargerIds: [chargerId] } }),
    base64: false,
  };
  const died = answerRequest(database, request, Date.now(), {
    ...testServices,
    sendCommandMessage: async (message, seconds = 0) => {
      if (seconds === 0) throw new Error('The function died');
      sent.push(message);
    },
  });
  await expect(died).rejects.toThrow('The function died');
  return sent;
}

/** A campaign for one connected charger, whose queue delivers again what its first run died over. */
async function campaign(write: number, when: 'before' | 'after' | 'given-up') {
  count += 1;
  const chargerId = `CMP-${count}`;
  await operator.call('POST', '/chargers', { chargerId });
  const chargerKey = keyOf(operator.operatorId, chargerId);
  const clock = { now: Date.now() };
  const at = () => new Date(clock.now).toISOString();
  await takeOver(database, chargerKey, {
    connectionId: `c-${count}`,
    protocol: 'ocpp1.6',
    connectedAt: at(),
  });
  const begun = await operator.call('POST', '/firmware-campaigns', {
    firmwareId,
    chargers: { chargerIds: [chargerId] },
  });
  const campaignId = String(begun.body['campaignId']);
  const [queue, posted]: [{ at: number; message: CommandMessage }[], string[]] = [[], []];
  const sender: Sender = {
    database,
    now: () => clock.now,
    send: async (message, seconds = 0) => {
      queue.push({ at: clock.now + seconds * 1000, message });
    },
    post: async (_connection, frame) => {
      posted.push(JSON.parse(frame)[2]);
      const boot = { firmwareVersion: '2.0', bootedAt: new Date(clock.now + 1000).toISOString() };
      await recordBoot(database, chargerKey, boot, '{}');
      return 'posted';
    },
  };
  const { operatorId } = operator;
  const first: CommandMessage = { kind: 'campaign', operatorId, campaignId, look: 0 };
  const isGivenUp = when === 'given-up';
  if (isGivenUp) await leaveAnother(sender, first, triesToLeaveAnother);
  const isKilled =
    !isGivenUp &&
    (await killAt(database, write, when, async () => await handleMessage(sender, first)));
  // The queue delivers what was not done again after two minutes.
  if (isKilled) queue.push({ at: clock.now + 120_000, message: first });
  for (let n = 0; n < 100; n += 1) {
    queue.sort((a, b) => a.at - b.at);
    const next = queue.shift();
    if (next === undefined) break;
    clock.now = Math.max(clock.now, next.at);
    await handleMessage(sender, next.message);
  }
  const shown = await operator.call('GET', `/firmware-campaigns/${campaignId}`);
  return { isKilled, posted, state: shown.body['state'] };
}

describe('a firmware campaign whose function dies', () => {
  it.each(['before', 'after'] as const)(
    'a campaign goes on where its function dies %s any write: each charger is asked once, and the campaign ends',
    async (when) => {
      let isKilled = true;
      for (let write = 1; isKilled; write += 1) {
        const ended = await campaign(write, when);
        expect([write, ended]).toMatchObject([
          write,
          { posted: ['UpdateFirmware'], state: 'finished' },
        ]);
        isKilled = ended.isKilled;
      }
    },
  );

  it('a campaign goes on by itself where the message about a look could not be processed for an hour and was given up', async () => {
    expect(await campaign(0, 'given-up')).toMatchObject({
      posted: ['UpdateFirmware'],
      state: 'finished',
    });
  });

  it('a campaign whose request dies when it has been written is looked at a minute later', async () => {
    await operator.call('POST', '/chargers', { chargerId: 'CMP-DIES' });
    const sent = await requestThatDies('CMP-DIES');

    expect(sent).toMatchObject([{ kind: 'campaign', look: 0 }]);
    const campaigns = await operator.call('GET', '/firmware-campaigns');
    const ids = campaigns.body.items?.map(({ campaignId }) => campaignId);
    expect(ids).toContain(sent.map((message) => 'campaignId' in message && message.campaignId)[0]);
  });
});
