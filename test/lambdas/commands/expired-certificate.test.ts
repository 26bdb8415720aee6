import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { messageOfNew, writeCommand } from '../../../lambdas/connection/write-command.ts';
import { endConnection, takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { createCommand, readCommand } from '../../../lambdas/store/commands/commands.ts';
import { noteFirmwareUploaded, readFirmware } from '../../../lambdas/store/files/firmware.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { rootValidUntil } from '../../core/certificate/root-valid-until.ts';
import { newOperator } from '../plant.ts';

process.env['FILES_URL'] = 'https://files.example';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const start = Date.parse('2026-04-14T16:30:00.000Z');
const at = (time: number) => new Date(time).toISOString();
const validFor = 3_600_000;
const root = rootValidUntil(start + validFor);

const requests = {
  'update-firmware': {
    type: 'update-firmware',
    url: 'https://files.example/a.bin',
    retrieveAt: at(start),
    signed: { certificate: root, signature: 'c2lnbmVk', requestId: 1 },
  },
  'install-certificate': { type: 'install-certificate', use: 'v2g-root', certificate: root },
  'deliver-certificate': { type: 'deliver-certificate', chain: root },
} as const satisfies Record<string, CommandRequest>;
type Type = keyof typeof requests;

let count = 0;

/** A connected charger with a command that brings a certificate, and one behind it; its sender works so many ms after they were made. */
async function sentLate(type: Type, late: number, message: 'made' | 'next' | 'connected') {
  count += 1;
  const [chargerKey, chargerId] = [`op-1#signed-${count}`, `signed-${count}`];
  const clock = { now: start };
  const posted: string[] = [];
  const queue: CommandMessage[] = [];
  const sender: Sender = {
    database,
    now: () => clock.now,
    post: async (_connectionId, frame) => {
      posted.push((JSON.parse(frame) as unknown[])[2] as string);
      return 'posted';
    },
    send: async (one) => void queue.push(one),
  };
  const opened = { connectionId: 'c-1', protocol: 'ocpp2.0.1', connectedAt: at(start) } as const;
  await takeOver(database, chargerKey, opened);
  const make = async (n: number, request: CommandRequest) => {
    const sequence = commandSequence(start + n, 'a');
    const ids = { sequence, chargerKey, operatorId: 'op-1', chargerId };
    const draft = { ...ids, request, now: at(start), seconds: 86_400 };
    const written = await writeCommand('ocpp2.0.1', draft);
    if (written.kind === 'refused') throw new Error(written.code);
    await createCommand(database, written.command);
    return written.command;
  };
  const command = await make(0, requests[type]);
  await make(1, { type: 'clear-cache' });
  if (message === 'connected') {
    await endConnection(database, chargerKey, 'c-1', at(start));
    await handleMessage(sender, { kind: 'next', chargerKey });
  }
  clock.now = start + late;
  if (message === 'connected') {
    await takeOver(database, chargerKey, { ...opened, connectionId: 'c-2' });
  }
  const made = messageOfNew(command, { ...opened, lastSeenAt: at(start) });
  await handleMessage(sender, message === 'made' ? made : { kind: 'next', chargerKey });
  return { posted, command: await readCommand(database, chargerKey, command.sequence) };
}

const actions = {
  'update-firmware': 'UpdateFirmware',
  'install-certificate': 'InstallCertificate',
  'deliver-certificate': 'CertificateSigned',
} as const satisfies Record<Type, string>;

describe('a command with a certificate that expires while it waits', () => {
  const types = Object.keys(requests) as Type[];
  const messages = ['made', 'next', 'connected'] as const;

  it.each(types.flatMap((type) => messages.map((message) => ({ type, message }))))(
    'a charger is never sent an expired certificate: $type fails by its name and the command behind it is sent, by the message $message',
    async ({ type, message }) => {
      const late = fc.integer({ min: validFor - 60_000, max: validFor + 60_000 });
      await fc.assert(
        fc.asyncProperty(late, async (ms) => {
          const { posted, command } = await sentLate(type, ms, message);
          if (ms <= validFor) {
            expect(posted).toEqual([actions[type]]);
            expect(command?.state).toBe('sent');
            return;
          }
          expect(posted).toEqual(['ClearCache']);
          expect(command).toMatchObject({
            state: 'failed',
            finishedAt: at(start + ms),
            outcome: {
              kind: 'failed',
              code: 'CERTIFICATE_EXPIRED',
              description: 'The certificate was valid until 2026-04-14T17:30:00.000Z.',
            },
          });
        }),
        { numRuns: 4, examples: [[validFor], [validFor + 1]] },
      );
    },
  );
});

describe('a firmware campaign whose certificate expires before a charger is asked', () => {
  it('the attempt fails by the name of the fault, and the charger is asked nothing', async () => {
    const operator = await newOperator(database, 'Expired campaign');
    const validTo = Math.floor(Date.now() / 1000 + 3_600) * 1000;
    const registered = await operator.call('POST', '/firmware', {
      ...{ version: '2.0', fileName: 'a.bin', bytes: 1, sha256: '0'.repeat(64) },
      signed: { certificate: rootValidUntil(validTo), signature: 'c2lnbmVk' },
    });
    const { operatorId } = operator;
    const firmwareId = String(registered.body['firmwareId']);
    const own = await readFirmware(database, operatorId, firmwareId);
    if (own === undefined) throw new Error('The firmware was not registered');
    await noteFirmwareUploaded(database, own, new Date().toISOString());
    await operator.call('POST', '/chargers', { chargerId: 'SIGNED-1' });
    await takeOver(database, chargerKey(operatorId, 'SIGNED-1'), {
      ...{ connectionId: 'c-1', protocol: 'ocpp2.0.1', connectedAt: new Date().toISOString() },
    });
    const chargers = { chargerIds: ['SIGNED-1'] };
    const begun = await operator.call('POST', '/firmware-campaigns', { firmwareId, chargers });
    const campaignId = String(begun.body['campaignId']);
    const posted: string[] = [];
    const sender: Sender = {
      database,
      now: () => validTo + 1,
      post: async (_connectionId, frame) => {
        posted.push(frame);
        return 'posted';
      },
      send: async () => undefined,
    };
    // The first look begins the attempt, and the second asks for the update.
    for (const look of [0, 1]) {
      await handleMessage(sender, { kind: 'campaign', operatorId, campaignId, look });
    }

    const shown = await operator.call('GET', `/firmware-campaigns/${campaignId}`);
    expect(shown.body).toMatchObject({
      ended: [{ chargerId: 'SIGNED-1', outcome: 'failed', word: 'CERTIFICATE_EXPIRED' }],
    });
    const listed = await operator.call('GET', '/chargers/SIGNED-1/commands');
    expect([posted, listed.body['items']]).toEqual([[], []]);
  });
});
