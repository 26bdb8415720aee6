import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import {
  type VerbatimType,
  verbatimTypes,
  verbatimTypesOf21,
} from '../../../core/command/verbatim-type.ts';
import { type Protocol, protocols } from '../../../core/ocpp/protocol.ts';
import { centralActions } from '../../../core/ocpp/v21/central-action.ts';
import type { CommandForm } from '../../../lambdas/api/commands/command-form.ts';
import { requestFromForm } from '../../../lambdas/api/commands/request-from-form.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { messageOfNew, writeCommand } from '../../../lambdas/connection/write-command.ts';
import { type Connection, takeOver } from '../../../lambdas/store/chargers/connections.ts';
import type { Command } from '../../../lambdas/store/commands/command-item.ts';
import { createCommand, readCommand } from '../../../lambdas/store/commands/commands.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { arbitraryMessage } from '../../core/ocpp/v201/official-messages.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const start = Date.parse('2026-04-14T16:30:00.000Z');
const now = new Date(start).toISOString();
const sequence = commandSequence(start, 'a');
let count = 0;

/** A command as a form makes it for a charger of a version. */
async function made(form: CommandForm, protocol: Protocol, chargerKey = 'op-1#made') {
  const beside = { protocol, sequence, now, transactionId: '77' };
  const request = requestFromForm(form, beside);
  const ids = { sequence, chargerKey, operatorId: 'op-1', chargerId: 'changed' };
  return await writeCommand(protocol, { ...ids, request, now, seconds: 3_600 });
}

/** The message that the next command is to be sent. */
const next = ({ chargerKey }: Command): CommandMessage => ({ kind: 'next', chargerKey });

/** The frames to a charger that speaks another version by now than when a command to it was made, and the command. */
async function sentAfterChange(
  form: CommandForm,
  from: Protocol,
  to: Protocol,
  messageAbout: (command: Command, connection: Connection) => CommandMessage = next,
) {
  count += 1;
  const chargerKey = `op-1#changed-${count}`;
  const posted: string[] = [];
  const sender: Sender = {
    database,
    now: () => start,
    send: async () => undefined,
    post: async (_connection, frame) => {
      posted.push(frame);
      return 'posted';
    },
  };
  const opened = { connectionId: 'c-1', protocol: to, connectedAt: now };
  const connection = { ...opened, lastSeenAt: now };
  await takeOver(database, chargerKey, opened);
  const before = await made(form, from, chargerKey);
  if (before.kind === 'refused') return undefined;
  await createCommand(database, before.command);
  await handleMessage(sender, messageAbout(before.command, connection));
  return { posted, command: await readCommand(database, chargerKey, sequence) };
}

const profile: Extract<CommandForm, { readonly type: 'set-charging-profile' }>['profile'] = {
  profileId: 1,
  stackLevel: 0,
  purpose: 'default',
  kind: 'absolute',
  schedule: { unit: 'A', periods: [{ startSeconds: 0, limit: 16 }] },
};
const hash = {
  algorithm: 'SHA256',
  issuerNameHash: 'aa',
  issuerKeyHash: 'bb',
  serialNumber: '1',
} as const;
const url = 'https://files.example.com/f';

type PlainForm = Exclude<CommandForm, { readonly type: VerbatimType }>;
type Forms = {
  readonly [Type in PlainForm['type']]: readonly Extract<CommandForm, { readonly type: Type }>[];
};

/** A command of each type to a connector by its number. */
const formsOf = (connectorId: number): Forms => ({
  start: [
    { type: 'start', tokenId: 'ADA', connectorId, profile },
    { type: 'start', tokenId: 'ADA' },
  ],
  stop: [{ type: 'stop', sessionId: 'ses_1' }],
  unlock: [{ type: 'unlock', connectorId }],
  reset: [
    { type: 'reset', kind: 'soft' },
    { type: 'reset', kind: 'hard', evseId: 1 },
  ],
  availability: [
    { type: 'availability', connectorId, available: false },
    { type: 'availability', available: true },
  ],
  trigger: [
    { type: 'trigger', message: 'status', connectorId },
    { type: 'trigger', message: 'sign-certificate' },
    { type: 'trigger', message: 'transaction' },
  ],
  'get-configuration': [{ type: 'get-configuration' }],
  'set-configuration': [{ type: 'set-configuration', key: 'HeartbeatInterval', value: '60' }],
  'clear-cache': [{ type: 'clear-cache' }],
  'local-list-version': [{ type: 'local-list-version' }],
  'local-list': [
    { type: 'local-list', full: true, tokens: [{ tokenId: 'ADA', status: 'Accepted' }] },
  ],
  reserve: [{ type: 'reserve', connectorId, tokenId: 'ADA', expiresAt: now }],
  'cancel-reservation': [{ type: 'cancel-reservation', reservationId: 7 }],
  'set-charging-profile': [{ type: 'set-charging-profile', connectorId, profile }],
  'clear-charging-profile': [
    { type: 'clear-charging-profile', connectorId, purpose: 'default' },
    { type: 'clear-charging-profile', profileId: 1 },
  ],
  'composite-schedule': [{ type: 'composite-schedule', connectorId, durationSeconds: 60 }],
  'update-firmware': [{ type: 'update-firmware', url, retrieveAt: now }],
  'get-logs': [
    { type: 'get-logs', kind: 'diagnostics', url },
    { type: 'get-logs', kind: 'security', url, requestId: 5 },
  ],
  'data-transfer': [{ type: 'data-transfer', vendorId: 'V', data: 'd' }],
  'list-certificates': [{ type: 'list-certificates', use: 'central-system-root' }],
  'install-certificate': [
    { type: 'install-certificate', use: 'manufacturer-root', certificate: 'PEM' },
  ],
  'delete-certificate': [{ type: 'delete-certificate', certificate: hash }],
  'deliver-certificate': [{ type: 'deliver-certificate', chain: 'PEM' }],
});

const changes = protocols.flatMap((from) =>
  protocols.filter((to) => to !== from).map((to) => ({ from, to })),
);

/** The command leaves as one that is made now, or ends for the reason for which none could be made now. */
async function expectAsMadeNow(form: CommandForm, from: Protocol, to: Protocol): Promise<void> {
  const sent = await sentAfterChange(form, from, to);
  if (sent === undefined) return;
  const { posted, command } = sent;
  const fresh = await made(form, to);
  if (fresh.kind === 'written') {
    expect(posted).toEqual([fresh.command.frame]);
    expect(command).toMatchObject({ state: 'sent', frame: fresh.command.frame, protocol: to });
    expect(command?.request).toEqual(fresh.command.request);
    return;
  }
  expect(posted).toEqual([]);
  const { code } = fresh;
  expect(command).toMatchObject({ state: 'failed', outcome: { kind: 'failed', code } });
}

describe.each(changes)(
  'a command that waits while its charger goes over from $from to $to',
  ({ from, to }) => {
    it('it is sent in the words of the new version, as if it were made now, or fails because that has none', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 3 }), async (connectorId) => {
          for (const form of Object.values(formsOf(connectorId)).flat()) {
            await expectAsMadeNow(form as CommandForm, from, to);
          }
        }),
        { numRuns: 2 },
      );
    });
  },
);

const verbatim = {
  'ocpp1.6': [],
  'ocpp2.0.1': verbatimTypes,
  'ocpp2.1': [...verbatimTypes, ...verbatimTypesOf21],
} as const;

describe.each(changes.filter(({ from }) => from !== 'ocpp1.6'))(
  'a message of OCPP 2 that waits while its charger goes over from $from to $to',
  ({ from, to }) => {
    it('it is sent as if it were made now, or fails because the new version has none', async () => {
      for (const type of verbatim[from]) {
        const action = centralActions.find((one) => one.toLowerCase() === type.replaceAll('-', ''));
        const messages = arbitraryMessage(from as 'ocpp2.1', action ?? '', 'request');
        const [fields] = fc.sample(messages, { numRuns: 1, seed: 7 });
        await expectAsMadeNow({ ...fields, type } as CommandForm, from, to);
      }
    });
  },
);

describe('a setting of a charger that changes its version', () => {
  const settings = {
    'ocpp1.6': 'HeartbeatInterval',
    'ocpp2.0.1': 'OCPPCommCtrlr.HeartbeatInterval',
  };
  const other = { 'ocpp1.6': 'ocpp2.0.1', 'ocpp2.0.1': 'ocpp1.6' } as const;

  it.each(['ocpp1.6', 'ocpp2.0.1'] as const)(
    'a key of %s means nothing in the other version, so that the command fails and the next one is sent',
    async (from) => {
      const key = settings[from];
      for (const form of [
        { type: 'set-configuration', key, value: '60' },
        { type: 'get-configuration', keys: [key] },
      ] as const) {
        const sent = await sentAfterChange(form as CommandForm, from, other[from]);
        expect(sent?.posted).toEqual([]);
        const outcome = {
          code: 'NOT_SUPPORTED_BY_VERSION',
          description: expect.stringContaining(key),
        };
        expect(sent?.command).toMatchObject({ state: 'failed', outcome });
      }
    },
  );

  it.each([
    ['ocpp1.6', 'ocpp2.0.1'],
    ['ocpp2.0.1', 'ocpp1.6'],
    ['ocpp2.0.1', 'ocpp2.1'],
  ] as const)(
    'a command of %s that is sent by a run which finds it made before, and its charger at %s, is sent in the words of that',
    async (from, to) => {
      const form = { type: 'trigger', message: 'boot' } as const;
      const sent = await sentAfterChange(form, from, to, messageOfNew);
      expect(sent?.posted).toHaveLength(1);
      expect(sent?.command).toMatchObject({ state: 'sent', protocol: to });
    },
  );

  it('a new password that waits is set by the name that it has in the new version', async () => {
    const [old, value] = ['AuthorizationKey', '0123456789abcdef0123'];
    const form = { type: 'set-configuration', key: old, value } as const;
    const there = await sentAfterChange(form, 'ocpp1.6', 'ocpp2.1');
    expect(there?.posted[0]).toContain('"variable":{"name":"BasicAuthPassword"}');
    const back = { ...form, key: 'SecurityCtrlr.BasicAuthPassword' };
    expect((await sentAfterChange(back, 'ocpp2.0.1', 'ocpp1.6'))?.posted[0]).toContain(
      `{"key":"${old}","value":"${value}"}`,
    );
  });
});
