import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CommandRequest } from '../../../../core/command/command-request.ts';
import {
  type VerbatimType,
  verbatimTypes,
  verbatimTypesOf21,
} from '../../../../core/command/verbatim-type.ts';
import { loadRequests } from '../../../../core/ocpp/load-requests.ts';
import { actionOfName, nameOfRequestId } from '../../../../core/ocpp/request-id.ts';
import { parseFrame } from '../../../../core/ocpp/rpc/parse-frame.ts';
import { statusOutcome } from '../../../../core/ocpp/status-outcome.ts';
import { centralActions as centralActions21 } from '../../../../core/ocpp/v21/central-action.ts';
import { centralActions as centralActions201 } from '../../../../core/ocpp/v201/central-action.ts';
import { writeAndRead } from '../../../../core/ocpp/write-and-read.ts';
import { arbitraryCommand, commandTypes } from '../v16/arbitrary-command.ts';
import { arbitraryMessage, isOfficial, officialSchema, statusWords } from './official-messages.ts';
import { requestOf } from './request-of.ts';

const random = 'abcdefgh';

const versions = [
  { version: 'ocpp2.0.1', actions: [...centralActions201, 'DataTransfer'], further: verbatimTypes },
  {
    version: 'ocpp2.1',
    actions: [...centralActions21, 'DataTransfer'],
    further: [...verbatimTypes, ...verbatimTypesOf21],
  },
] as const;

const written = async (version: 'ocpp2.0.1' | 'ocpp2.1', request: CommandRequest) => {
  const frame = await writeAndRead(version).writeRequest(request, random);
  if (frame.kind !== 'written') throw new Error(frame.reason);
  return frame;
};

const without = (request: CommandRequest, name: string): CommandRequest =>
  Object.fromEntries(Object.entries(request).filter(([key]) => key !== name)) as CommandRequest;

const knowsOnlyEvses: readonly string[] = [
  'start',
  'reserve',
  'set-charging-profile',
  'clear-charging-profile',
  'composite-schedule',
];

/** A place as it arrives: of messages that know only EVSEs without its connector, and left out for the whole charger. */
const asPlaced = (request: CommandRequest): CommandRequest => {
  if (!('connector' in request) || request.type === 'unlock') return request;
  const { type, connector } = request;
  const isOptional = type === 'start' || type === 'availability' || type === 'trigger';
  if (isOptional && connector?.evseId === 0) return without(request, 'connector');
  if (!knowsOnlyEvses.includes(type)) return request;
  return { ...request, connector: { ...connector, connectorId: 0 } } as CommandRequest;
};

/** A request as it arrives. */
const asMeant = (request: CommandRequest): CommandRequest => {
  const placed = asPlaced(request);
  if (placed.type === 'trigger' && placed.message === 'diagnostics-status') {
    return { ...placed, message: 'log-status' };
  }
  if (placed.type === 'local-list' && placed.tokens?.length === 0) return without(placed, 'tokens');
  if (placed.type !== 'get-logs') return placed;
  return { ...placed, requestId: placed.requestId ?? expect.any(Number) };
};

const settings = fc.constantFrom(
  'OCPPCommCtrlr.HeartbeatInterval',
  'Connector@1/2.Available',
  'EVSE@1.Power',
  'Display[front].Color[night]',
);

const arbitraryRequest = (type: (typeof commandTypes)[number]): fc.Arbitrary<CommandRequest> => {
  if (type === 'get-configuration') {
    const keys = fc.array(settings, { minLength: 1, maxLength: 4 });
    return fc.oneof(
      fc.constant<CommandRequest>({ type }),
      keys.map((some) => ({ type, keys: some })),
    );
  }
  if (type === 'set-configuration') {
    return fc
      .tuple(settings, fc.string({ maxLength: 1_000 }))
      .map(([key, value]) => ({ type, key, value }));
  }
  if (type === 'reserve') {
    return fc
      .tuple(arbitraryCommand(type), fc.constantFrom(undefined, 'cCCS2', 'sType2'))
      .map(([request, connectorType]) =>
        connectorType === undefined ? request : ({ ...request, connectorType } as CommandRequest),
      );
  }
  return arbitraryCommand(type).filter(
    (request) =>
      !('profile' in request && request.profile?.schedule.periods.length === 0) &&
      !('certificate' in request && JSON.stringify(request).length > 5_400),
  );
};

/** The action of a request that has the name of a message. */
const actionOf = (actions: readonly string[], type: VerbatimType): string => {
  const found = actions.find((action) => action.toLowerCase() === type.replaceAll('-', ''));
  if (found === undefined) throw new Error(`no action for ${type}`);
  return found;
};

describe.each(versions)('a request to a charger of $version', ({ version, actions, further }) => {
  beforeAll(async () => {
    await loadRequests(version);
  });

  it.each(commandTypes)(
    'the request %s fits the official schema and states everything that was requested',
    async (type) => {
      await fc.assert(
        fc.asyncProperty(arbitraryRequest(type), async (request) => {
          const { action, payload, frame, messageId } = await written(version, request);
          expect(isOfficial(version, action, 'request', payload), JSON.stringify(payload)).toBe(
            true,
          );
          expect(requestOf(action, payload)).toEqual(asMeant(request));
          expect(parseFrame(frame)).toMatchObject({ kind: 'call', messageId, action, payload });
          const name = nameOfRequestId(messageId) ?? '';
          expect([actionOfName(name), messageId]).toEqual([action, `${name}.${random}`]);
        }),
        { numRuns: 10 },
      );
    },
  );

  it.each(further)('the message %s is written with the fields that it has', async (type) => {
    const expected = actionOf(actions, type);
    await fc.assert(
      fc.asyncProperty(arbitraryMessage(version, expected, 'request'), async (fields) => {
        const { action, payload } = await written(version, { type, fields } as CommandRequest);
        expect(action).toBe(expected);
        expect(payload).toEqual(fields);
      }),
      { numRuns: 5 },
    );
  });

  it('a message whose fields do not fit is refused as a mistake in them', async () => {
    for (const type of further) {
      const request = { type, fields: { noSuchField: 1 } } as unknown as CommandRequest;
      const frame = await writeAndRead(version).writeRequest(request, random);
      const reason = expect.stringMatching(/^[A-Z].*\.$/);
      expect(frame).toEqual({ kind: 'refused', code: 'COMMAND_FIELDS_INVALID', reason });
    }
  });

  it('a report without a number is given one, always the same for the same command', async () => {
    const request = { type: 'get-base-report', fields: { reportBase: 'FullInventory' } } as const;
    const [first, second] = [await written(version, request), await written(version, request)];
    expect(first.payload).toEqual(second.payload);
    expect(first.payload).toMatchObject({ requestId: expect.any(Number) });
  });

  it.each(actions)('every reply that the official schema allows is read: %s', async (action) => {
    const requests = await loadRequests(version);
    await fc.assert(
      fc.property(arbitraryMessage(version, action, 'response'), (payload) => {
        const outcome = requests.readResult(action, JSON.stringify(payload));
        expect(outcome.kind, JSON.stringify(payload)).toMatch(/^(accepted|rejected)$/);
        if ('status' in payload) {
          const isYes =
            /^(Accepted|Unlocked|Unpublished|Scheduled|RebootRequired|AcceptedCanceled)$/;
          expect(outcome.kind === 'accepted').toBe(isYes.test(String(payload['status'])));
        }
      }),
      { numRuns: 10 },
    );
  });

  it('each word that an answer may have has a meaning', () => {
    for (const action of actions) {
      for (const status of statusWords(officialSchema(version, action, 'response'))) {
        expect(statusOutcome({ status }), status).not.toMatchObject({ reason: 'other' });
      }
    }
  });

  it.each(actions)(
    'any reply at all has an outcome and causes no exception: %s',
    async (action) => {
      const requests = await loadRequests(version);
      const anything = fc.oneof(
        fc.json(),
        fc.string(),
        fc.jsonValue().map((value) =>
          JSON.stringify({
            status: value,
            schedule: value,
            setVariableResult: value,
            getVariableResult: value,
          }),
        ),
      );
      fc.assert(
        fc.property(anything, (raw) => {
          const { kind } = requests.readResult(action, raw);
          expect(['accepted', 'rejected', 'unreadable']).toContain(kind);
        }),
        { numRuns: 15 },
      );
    },
  );

  it('a setting that names no variable is refused as not supported by the version', async () => {
    for (const key of ['HeartbeatInterval', 'A.B.C', '.B', 'A.', '']) {
      const frame = await writeAndRead(version).writeRequest(
        { type: 'set-configuration', key, value: '1' },
        random,
      );
      expect(frame).toMatchObject({ kind: 'refused', code: 'NOT_SUPPORTED_BY_VERSION' });
    }
  });

  it.each<readonly [string, object, object]>([
    [
      'SetVariables',
      {
        setVariableResult: [
          { attributeStatus: 'RebootRequired', component: { name: 'A' }, variable: { name: 'B' } },
        ],
      },
      { kind: 'accepted', remark: 'reboot-required' },
    ],
    [
      'ClearVariableMonitoring',
      {
        clearMonitoringResult: [
          { id: 1, status: 'Accepted' },
          { id: 2, status: 'NotFound' },
        ],
      },
      { kind: 'rejected', reason: 'not-found', word: 'NotFound' },
    ],
    [
      'RequestStartTransaction',
      { status: 'Accepted', transactionId: 'tx-1' },
      { kind: 'accepted', data: { kind: 'transaction', transactionId: 'tx-1' } },
    ],
    [
      'UnlockConnector',
      { status: 'OngoingAuthorizedTransaction' },
      { kind: 'rejected', reason: 'occupied' },
    ],
    ['Reset', { status: 'Later' }, { kind: 'rejected', reason: 'other', word: 'Later' }],
    ['GetTransactionStatus', { messagesInQueue: false }, { kind: 'accepted' }],
  ])(
    'the outcome of a reply is independent of the OCPP version: %s %o',
    async (action, payload, expected) => {
      const requests = await loadRequests(version);
      expect(requests.readResult(action, JSON.stringify(payload))).toMatchObject(expected);
    },
  );
});

describe('what only some versions can express', () => {
  it('OCPP 1.6 and 2.0.1 refuse the messages that they do not have', async () => {
    for (const type of verbatimTypesOf21) {
      for (const version of ['ocpp1.6', 'ocpp2.0.1'] as const) {
        const request = { type, fields: {} } as unknown as CommandRequest;
        const { write } = await loadRequests(version);
        expect(write(request, 1)).toMatchObject({ code: 'NOT_SUPPORTED_BY_VERSION' });
      }
    }
  });

  it('OCPP 2.0.1 is sent 40 messages, and OCPP 2.1 is sent 55', () => {
    expect(new Set([...centralActions201, 'DataTransfer']).size).toBe(40);
    expect(new Set([...centralActions21, 'DataTransfer']).size).toBe(55);
  });
});

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('settings of %s', (version) => {
  const component = { name: 'OCPPCommCtrlr' };
  const variable = { name: 'HeartbeatInterval' };
  const getVariableResult = [
    { component, variable, attributeStatus: 'Accepted', attributeValue: '540' },
    { component, variable: { name: 'None' }, attributeStatus: 'UnknownVariable' },
  ];

  const read = async (request: CommandRequest) => {
    const { messageId, action } = await written(version, request);
    const reply = {
      kind: 'result',
      messageId,
      raw: JSON.stringify({ getVariableResult }),
    } as const;
    const found = await writeAndRead(version).readReply(reply);
    expect(found?.action).toBe(action);
    return found?.outcome;
  };

  it('settings that are asked for by their keys are answered as settings, also where one is unknown', async () => {
    const keys = ['OCPPCommCtrlr.HeartbeatInterval', 'OCPPCommCtrlr.None'];

    expect(await read({ type: 'get-configuration', keys })).toEqual({
      kind: 'accepted',
      data: {
        kind: 'configuration',
        keys: [{ key: 'OCPPCommCtrlr.HeartbeatInterval', value: '540' }],
        unknownKeys: ['OCPPCommCtrlr.None'],
      },
    });
  });

  it('variables that are asked for in the words of OCPP are answered in them', async () => {
    const fields = { getVariableData: [{ component, variable }] };

    expect(await read({ type: 'get-variables', fields })).toEqual({
      kind: 'rejected',
      reason: 'not-found',
      word: 'UnknownVariable',
      data: { kind: 'answer', fields: { getVariableResult } },
    });
  });
});
