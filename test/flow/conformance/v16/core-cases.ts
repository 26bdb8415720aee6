import type { ConformanceBlock } from '../conformance-case.ts';
import { minute, ordered, reconnects, rejected, says } from '../steps.ts';
import { authorizes, boots, charged, meters, starts, status, stops } from './messages.ts';

const available = { connectors: [{ connectorId: 1, status: 'Available' }, {}] };

const remoteStart = (more: object = {}) =>
  ordered({ type: 'start', tokenId: 'ADA', connectorId: 1 }, [
    'RemoteStartTransaction',
    { idTag: 'ADA', connectorId: 1, ...more },
  ]);

const unlocks = (word: string, outcome: object) =>
  ordered(
    { type: 'unlock', connectorId: 1 },
    ['UnlockConnector', { connectorId: 1 }],
    { status: word },
    outcome,
  );

/** Cases of the core profile about sessions, connectors and resets. */
export const coreCases: ConformanceBlock = {
  name: 'Core: sessions',
  protocol: 'ocpp1.6',
  cases: [
    {
      id: 'TC_001',
      statement:
        'a charger that boots is accepted with time and interval, and shown as it says it is',
      steps: [
        boots,
        status('Available', 0, { connectorId: 0 }),
        status('Available', 0),
        status('Available', 0, { connectorId: 2 }),
      ],
      leaves: {
        charger: {
          online: true,
          ocppVersion: '1.6',
          vendor: 'Acme',
          model: 'Wallbox',
          firmwareVersion: '1.0',
          connectors: [
            { connectorId: 1, status: 'Available', statusAt: minute(0) },
            { connectorId: 2, status: 'Available', statusAt: minute(0) },
          ],
        },
      },
    },
    {
      id: 'TC_003',
      statement: 'a session that begins with the plug is stored, measured and billed',
      steps: [
        status('Preparing', 0),
        authorizes(),
        starts(),
        status('Charging', 1),
        meters(30, 3500),
        status('SuspendedEVSE', 59),
        stops({ reason: 'Local' }),
        status('Finishing', 60),
        status('Available', 61),
      ],
      leaves: { sessions: [charged({ stopReason: 'Local' })], charger: available },
    },
    {
      id: 'TC_004_1',
      statement: 'a session that begins with the token is stored, measured and billed',
      steps: [
        authorizes(),
        status('Preparing', 0),
        starts(),
        meters(30, 3500),
        stops({ reason: 'Local' }),
        status('Available', 61),
      ],
      leaves: { sessions: [charged()], charger: available },
    },
    {
      id: 'TC_004_2',
      statement: 'a driver who is authorized and never plugs in leaves no session behind',
      steps: [status('Preparing', 0), authorizes(), status('Available', 2)],
      leaves: { charger: available },
    },
    {
      id: 'TC_005_1',
      statement: 'a session that ends because the vehicle was unplugged says so and is billed',
      steps: [
        starts(),
        meters(30, 3500),
        status('SuspendedEV', 60),
        stops({ reason: 'EVDisconnected' }),
        status('Available', 60),
      ],
      leaves: { sessions: [charged({ stopReason: 'EVDisconnected' })], charger: available },
    },
    {
      id: 'TC_007',
      statement: 'a start by a token that the charger has cached needs no authorization before it',
      steps: [status('Preparing', 0), starts(), meters(30, 3500), stops()],
      leaves: { sessions: [charged()] },
    },
    {
      id: 'TC_010',
      statement: 'a remote start behind the plug begins a session that names its command',
      steps: [
        status('Preparing', 0),
        remoteStart(),
        authorizes(),
        starts(),
        status('Charging', 0),
        meters(30, 3500),
        stops(),
      ],
      leaves: { sessions: [charged({ startedBy: '$start' })] },
    },
    {
      id: 'TC_011_1',
      statement: 'a remote start before the plug begins a session that names its command',
      steps: [remoteStart(), status('Preparing', 0), starts(), meters(30, 3500), stops()],
      leaves: { sessions: [charged({ startedBy: '$start' })] },
    },
    {
      id: 'TC_011_2',
      statement: 'a remote start after which nobody plugs in leaves no session behind',
      steps: [remoteStart(), status('Preparing', 0), status('Available', 2)],
      leaves: { charger: available },
    },
    {
      id: 'TC_012',
      statement: 'a remote stop names the transaction of the session, which then names its command',
      steps: [
        starts(),
        meters(30, 3500),
        ordered({ type: 'stop', sessionId: '$session' }, [
          'RemoteStopTransaction',
          { transactionId: '$transaction' },
        ]),
        stops({ reason: 'Remote' }),
      ],
      leaves: { sessions: [charged({ stopReason: 'Remote', stoppedBy: '$stop' })] },
    },
    {
      id: 'TC_013',
      statement: 'a hard reset during a session ends it before the charger boots again',
      steps: [
        starts(),
        meters(30, 3500),
        ordered({ type: 'reset', kind: 'hard' }, ['Reset', { type: 'Hard' }]),
        stops({ reason: 'HardReset' }),
        reconnects(),
        boots,
        status('Available', 62),
      ],
      leaves: { sessions: [charged({ stopReason: 'HardReset' })], charger: available },
    },
    {
      id: 'TC_014',
      statement: 'a soft reset during a session ends it before the charger boots again',
      steps: [
        starts(),
        meters(30, 3500),
        ordered({ type: 'reset', kind: 'soft' }, ['Reset', { type: 'Soft' }]),
        stops({ reason: 'SoftReset' }),
        reconnects(),
        boots,
        status('Available', 62),
      ],
      leaves: { sessions: [charged({ stopReason: 'SoftReset' })], charger: available },
    },
    {
      id: 'TC_017_1',
      statement: 'a connector that is unlocked is reported as such',
      steps: [unlocks('Unlocked', { state: 'accepted' })],
    },
    {
      id: 'TC_017_2',
      statement: 'a fixed cable cannot be unlocked, and the command says why',
      steps: [unlocks('NotSupported', rejected('not-supported', 'NotSupported'))],
    },
    {
      id: 'TC_018_1',
      statement: 'a connector that is unlocked during a session ends it, and it is billed',
      steps: [
        starts(),
        meters(30, 3500),
        unlocks('Unlocked', { state: 'accepted' }),
        stops({ reason: 'UnlockCommand' }),
        status('Available', 61),
      ],
      leaves: { sessions: [charged({ stopReason: 'UnlockCommand' })], charger: available },
    },
    {
      id: 'TC_023_1',
      statement: 'an unknown token is Invalid, and begins no session',
      steps: [says('Authorize', { idTag: 'STRANGER' }, { idTagInfo: { status: 'Invalid' } })],
    },
    {
      id: 'TC_023_2',
      statement: 'an expired token is Expired with the time of its end, and begins no session',
      steps: [
        says(
          'Authorize',
          { idTag: 'EXPIRED' },
          { idTagInfo: { status: 'Expired', expiryDate: '2025-01-01T00:00:00.000Z' } },
        ),
      ],
    },
    {
      id: 'TC_023_3',
      statement: 'a blocked token is Blocked, and begins no session',
      steps: [says('Authorize', { idTag: 'BLOCKED' }, { idTagInfo: { status: 'Blocked' } })],
    },
    {
      id: 'TC_024',
      statement: 'a lock that fails is shown at its connector, and begins no session',
      steps: [
        status('Preparing', 0),
        authorizes(),
        status('Faulted', 1, { errorCode: 'ConnectorLockFailure' }),
      ],
      leaves: {
        charger: {
          connectors: [
            { connectorId: 1, status: 'Faulted', errorCode: 'ConnectorLockFailure' },
            { connectorId: 2, status: null },
          ],
        },
      },
    },
    {
      id: 'TC_026',
      statement: 'a remote start that the charger refuses is rejected, and begins no session',
      steps: [
        ordered(
          { type: 'start', tokenId: 'ADA', connectorId: 1 },
          ['RemoteStartTransaction', { idTag: 'ADA', connectorId: 1 }],
          { status: 'Rejected' },
          rejected('rejected', 'Rejected'),
        ),
      ],
    },
    {
      id: 'TC_028',
      statement: 'a remote stop that the charger refuses is rejected, and the session continues',
      steps: [
        starts(),
        ordered(
          { type: 'stop', sessionId: '$session' },
          ['RemoteStopTransaction', { transactionId: '$transaction' }],
          { status: 'Rejected' },
          rejected('rejected', 'Rejected'),
        ),
      ],
      leaves: {
        sessions: [{ shown: { state: 'active', stoppedBy: null, endedAt: null }, readings: [] }],
      },
    },
    {
      id: 'TC_030',
      statement: 'a connector that cannot be unlocked is rejected with the word of the charger',
      steps: [unlocks('UnlockFailed', rejected('failed', 'UnlockFailed'))],
    },
    {
      id: 'TC_031',
      statement: 'a connector that the charger does not have is rejected with its word',
      steps: [
        ordered(
          { type: 'unlock', connectorId: 3 },
          ['UnlockConnector', { connectorId: 3 }],
          { status: 'NotSupported' },
          rejected('not-supported', 'NotSupported'),
        ),
      ],
    },
    {
      id: 'TC_032_1',
      statement: 'a session that a power failure ended is billed when the charger is back',
      steps: [
        starts(),
        meters(30, 3500),
        reconnects(),
        boots,
        stops({ reason: 'PowerLoss' }),
        status('Available', 70),
      ],
      leaves: { sessions: [charged({ stopReason: 'PowerLoss' })], charger: available },
    },
    {
      id: 'TC_037_1',
      statement: 'a start that waited offline keeps its own time, and its session is billed',
      steps: [reconnects(), starts(), meters(30, 3500), stops()],
      leaves: { sessions: [charged()] },
    },
    {
      id: 'TC_037_3',
      statement:
        'an offline start by an unknown token gets a transaction and Invalid, and its CDR is held',
      steps: [
        reconnects(),
        starts({ idTag: 'STRANGER' }, { idTagInfo: { status: 'Invalid' } }),
        stops({ reason: 'DeAuthorized' }),
      ],
      leaves: {
        sessions: [
          {
            shown: { state: 'ended', tokenId: 'STRANGER', stopReason: 'DeAuthorized' },
            held: ['TOKEN_NOT_ACCEPTED', 'UNAUTHORIZED_ENERGY'],
            readings: ['stop'],
          },
        ],
      },
    },
    {
      id: 'TC_039',
      statement: 'a whole session that was delivered late is billed by its own times',
      steps: [reconnects(), starts(), meters(30, 3500), stops({ reason: 'Local' })],
      leaves: { sessions: [charged()] },
    },
  ],
};
