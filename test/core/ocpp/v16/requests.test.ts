import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CommandRequest } from '../../../../core/command/command-request.ts';
import { classifyReply } from '../../../../core/ocpp/classify-reply.ts';
import { receive } from '../../../../core/ocpp/receive.ts';
import { nameOfRequestId } from '../../../../core/ocpp/request-id.ts';
import { parseFrame } from '../../../../core/ocpp/rpc/parse-frame.ts';
import { centralActions } from '../../../../core/ocpp/v16/action.ts';
import { v16 } from '../../../../core/ocpp/v16/version.ts';
import { arbitraryAnswer } from '../arbitrary-message.ts';
import { arbitraryCommand, commandTypes } from './arbitrary-command.ts';
import { officialValidator } from './official-validator.ts';
import { requestOf } from './request-of.ts';

const actions = [...centralActions, 'DataTransfer'] as const;
const random = 'abcdefghijklmnop';

const written = async (request: CommandRequest) => {
  const frame = await v16.writeRequest(request, random);
  if (frame.kind !== 'written') throw new Error(frame.reason);
  return frame;
};

const outcomeOf = async (action: string, payload: string) => {
  const received = receive(v16, `[3,"${action}.${random.slice(0, 8)}",${payload}]`);
  if (received.kind !== 'reply') throw new Error('a reply is not read as one');
  return (await v16.readReply(received.reply))?.outcome;
};

beforeAll(async () => {
  // Loads the schemas, which the first request would have to wait for.
  await v16.writeRequest({ type: 'clear-cache' }, random);
});

describe('a request to an OCPP 1.6 charger', () => {
  it.each(commandTypes)(
    'the request %s fits the official schema and states everything that was requested',
    async (type) => {
      await fc.assert(
        fc.asyncProperty(arbitraryCommand(type), async (request) => {
          const { action, payload, frame, messageId } = await written(request);
          expect(officialValidator(action, 'req')(payload), JSON.stringify(payload)).toBe(true);
          expect(requestOf(action, payload)).toEqual(request);
          expect(parseFrame(frame)).toMatchObject({ kind: 'call', messageId, action, payload });
          expect(messageId.length).toBeLessThanOrEqual(36);
          expect(nameOfRequestId(messageId)).toBe(action);
        }),
        { numRuns: 40 },
      );
    },
  );

  it('requests use 26 messages of the standard, and each of them is written', async () => {
    const used = new Set<string>();
    const anything = fc.sample(fc.oneof(...commandTypes.map(arbitraryCommand)), {
      numRuns: 1_000,
      seed: 1,
    });
    for (const request of anything) used.add((await written(request)).action);
    expect([...used].sort()).toEqual([...actions].sort());
    expect(used.size).toBe(26);
  });

  it('a limit of 16.1 A is written exactly, although its double is not a multiple of 0.1', async () => {
    const limits = fc.integer({ min: 0, max: 100_000 }).map((tenths) => tenths / 10);
    await fc.assert(
      fc.asyncProperty(limits, async (limit) => {
        const request = {
          type: 'set-charging-profile',
          connector: { evseId: 1, connectorId: 1 },
          profile: {
            profileId: 1,
            stackLevel: 0,
            purpose: 'default',
            kind: 'absolute',
            schedule: { unit: 'A', periods: [{ startSeconds: 0, limit }] },
          },
        } as const;
        expect((await v16.writeRequest(request, random)).kind).toBe('written');
      }),
    );
  });

  it.each<readonly [string, CommandRequest]>([
    ['the reset of one EVSE', { type: 'reset', kind: 'soft', evseId: 1 }],
    ['a second connector of an EVSE', { type: 'unlock', connector: { evseId: 1, connectorId: 2 } }],
    ['a transaction whose id is no number', { type: 'stop', transactionId: 'f3a1-77' }],
    ['a transaction whose id is too large', { type: 'stop', transactionId: '4294967296' }],
    ['the trigger of a transaction', { type: 'trigger', message: 'transaction' }],
    ['a V2G root', { type: 'list-certificates', use: 'v2g-root' }],
    [
      'a security log without a request id',
      { type: 'get-logs', kind: 'security', url: 'http://a/b' },
    ],
    ['a token of 36 characters', { type: 'start', tokenId: 'T'.repeat(36) }],
    [
      'a limit in hundredths',
      {
        type: 'start',
        tokenId: 'T',
        profile: {
          profileId: 1,
          stackLevel: 0,
          purpose: 'default',
          kind: 'absolute',
          schedule: { unit: 'A', periods: [{ startSeconds: 0, limit: 16.15 }] },
        },
      },
    ],
  ])(
    'a request that OCPP 1.6 cannot express is refused as not supported by the version: %s',
    async (_about, request) => {
      expect(await v16.writeRequest(request, random)).toEqual({
        kind: 'refused',
        code: 'NOT_SUPPORTED_BY_VERSION',
        reason: expect.stringMatching(/^[A-Z].*\.$/),
      });
    },
  );
});

describe('the answer of an OCPP 1.6 charger to a request of ours', () => {
  it.each(actions)('every reply that the official schema allows is read: %s', async (action) => {
    await fc.assert(
      fc.asyncProperty(arbitraryAnswer(action), async (payload) => {
        const outcome = await outcomeOf(action, JSON.stringify(payload));
        expect(outcome?.kind, JSON.stringify(payload)).toMatch(/^(accepted|rejected)$/);
        if ('status' in payload) {
          const isYes = /^(Accepted|Unlocked|Scheduled|RebootRequired|AcceptedCanceled)$/;
          expect(outcome?.kind === 'accepted').toBe(isYes.test(String(payload['status'])));
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each(actions)(
    'any reply at all has an outcome and causes no exception: %s',
    async (action) => {
      const anything = fc.oneof(
        fc.json(),
        fc.string(),
        fc
          .jsonValue()
          .map((value) =>
            JSON.stringify({ status: value, configurationKey: value, chargingSchedule: value }),
          ),
      );
      await fc.assert(
        fc.asyncProperty(anything, async (payload) => {
          const reply = classifyReply({
            kind: 'result',
            messageId: `${action}.${random.slice(0, 8)}`,
            payload: undefined,
            raw: payload,
          });
          const read = await v16.readReply(reply);
          expect(read?.action).toBe(action);
          expect(['accepted', 'rejected', 'unreadable']).toContain(read?.outcome.kind);
        }),
        { numRuns: 40 },
      );
    },
  );

  it.each<readonly [string, string, object]>([
    ['Reset', '{"status":"Accepted"}', { kind: 'accepted' }],
    ['Reset', '{"status":"accepted","vendor":1}', { kind: 'accepted' }],
    ['Reset', '{"status":"Later"}', { kind: 'rejected', reason: 'other', word: 'Later' }],
    ['Reset', '{}', { kind: 'unreadable' }],
    ['Reset', '{"status":"Acc', { kind: 'unreadable' }],
    ['ChangeAvailability', '{"status":"Scheduled"}', { kind: 'accepted', remark: 'scheduled' }],
    [
      'ChangeConfiguration',
      '{"status":"RebootRequired"}',
      { kind: 'accepted', remark: 'reboot-required' },
    ],
    [
      'ChangeConfiguration',
      '{"status":"NotSupported"}',
      { kind: 'rejected', reason: 'not-supported' },
    ],
    ['UnlockConnector', '{"status":"UnlockFailed"}', { kind: 'rejected', reason: 'failed' }],
    ['ReserveNow', '{"status":"Occupied"}', { kind: 'rejected', reason: 'occupied' }],
    ['GetLocalListVersion', '{"listVersion":-1}', { kind: 'rejected', reason: 'not-supported' }],
    [
      'GetLocalListVersion',
      '{"listVersion":7}',
      { kind: 'accepted', data: { kind: 'local-list-version', version: 7 } },
    ],
    ['UpdateFirmware', '', { kind: 'accepted' }],
    [
      'GetConfiguration',
      `{"configurationKey":[{"key":"A","readonly":false,"value":null},{"key":"B","readonly":true,"value":"${'x'.repeat(600)}"}],"unknownKey":["C"]}`,
      {
        kind: 'accepted',
        data: {
          kind: 'configuration',
          keys: [
            { key: 'A', isReadOnly: false },
            { key: 'B', isReadOnly: true, value: 'x'.repeat(600) },
          ],
          unknownKeys: ['C'],
        },
      },
    ],
    [
      'GetCompositeSchedule',
      '{"status":"Accepted","connectorId":2,"chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":16.1}]}}',
      {
        kind: 'accepted',
        data: {
          kind: 'composite-schedule',
          connector: { evseId: 2, connectorId: 2 },
          schedule: { unit: 'A', periods: [{ startSeconds: 0, limit: 16.1 }] },
        },
      },
    ],
  ])(
    'the outcome of a reply is independent of the OCPP version: %s %s',
    async (action, payload, expected) => {
      const text = payload === '' ? '{}' : payload;
      const reply = { kind: 'result', messageId: `${action}.12345678`, raw: text } as const;
      expect((await v16.readReply(reply))?.outcome).toMatchObject(expected);
    },
  );

  it('a CALLERROR or a truncated reply also has an outcome', async () => {
    const failed = receive(v16, '[4,"Reset.12345678","NotSupported","No.",{}]');
    const broken = receive(v16, '[3,"Reset.12345678",{"status":"Acc');
    if (failed.kind !== 'reply' || broken.kind !== 'reply') throw new Error('not read as replies');
    expect(await v16.readReply(failed.reply)).toEqual({
      action: 'Reset',
      outcome: {
        kind: 'failed',
        reason: 'not-supported',
        code: 'NotSupported',
        description: 'No.',
      },
    });
    expect(await v16.readReply(broken.reply)).toEqual({
      action: 'Reset',
      outcome: { kind: 'unreadable', description: 'The answer breaks off.' },
    });
  });

  it('a reply whose message id belongs to no request of ours has no outcome', async () => {
    for (const messageId of ['', 'c1', '19223201', 'reset.1', `Reset.${'x'.repeat(40)}`]) {
      expect(await v16.readReply({ kind: 'result', messageId, raw: '{}' })).toBeUndefined();
    }
    const unknown = await v16.readReply({ kind: 'result', messageId: 'toString.1', raw: '{}' });
    expect(unknown).toBeUndefined();
    const other = await v16.readReply({ kind: 'result', messageId: 'ToString.1', raw: '{}' });
    expect(other?.outcome.kind).toBe('unreadable');
  });
});
