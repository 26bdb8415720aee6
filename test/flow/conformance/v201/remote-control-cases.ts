import type { ConformanceBlock } from '../conformance-case.ts';
import { aNumber, aTime, ordered, rejected, says } from '../steps.ts';
import {
  accepted,
  ada,
  authorizes,
  charged,
  connectors,
  ends,
  event,
  meters,
  plugsIn,
  register,
  starts,
  status,
} from './messages.ts';

const central = { idToken: 'ADA', type: 'Central' };
const remotely = { info: { remoteStartId: '$remoteStart' }, idToken: central };

const remoteStart = (reply: object = { status: 'Accepted' }) =>
  ordered(
    { type: 'start', tokenId: 'ADA', connectorId: 1 },
    ['RequestStartTransaction', { evseId: 1, remoteStartId: aNumber, idToken: central }],
    reply,
  );

const triggers = (message: string, requestedMessage: string, place: object, wire: object) =>
  ordered({ type: 'trigger', message, ...place }, [
    'TriggerMessage',
    { requestedMessage, ...wire },
  ]);

const metersEvse = (evseId: number) =>
  says('MeterValues', { evseId, meterValue: [register(0, 100, 'Trigger')] });

const running = { shown: { state: 'active', transactionId: 'tx', tokenId: 'ADA' } };

/** The session on the other EVSE, and the kinds of two events. */
const beside = { info: { transactionId: 'ty' } };
const ofEvse2 = { evse: { id: 2, connectorId: 1 } };
const twoEvents = ['event', 'event'];

/** Block F, remote control. */
export const remoteControlCases: ConformanceBlock = {
  name: 'F Remote control',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_F_01',
      statement:
        'a remote start behind the plug gives the running session its token, and its command is named',
      steps: [
        status('Occupied', 0),
        plugsIn(),
        remoteStart({ status: 'Accepted', transactionId: 'tx' }),
        event('Updated', 1, 1, 'RemoteStart', remotely, accepted),
        meters(2),
        ends(3, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged({ startedBy: '$start' }, ['event', 'event', 'meter'])] },
    },
    {
      id: 'TC_F_02',
      statement:
        'a remote start whose token the charger has authorized begins a session that names its command',
      steps: [
        remoteStart(),
        authorizes(central),
        starts('RemoteStart', remotely),
        meters(1),
        ends(2, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged({ startedBy: '$start' })] },
    },
    {
      id: 'TC_F_03',
      statement:
        'a remote start whose token the charger takes as it is begins a session that names its command',
      steps: [
        remoteStart(),
        starts('RemoteStart', remotely),
        meters(1),
        ends(2, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged({ startedBy: '$start' })] },
    },
    {
      id: 'TC_F_04',
      statement: 'a remote start after which nobody plugs in ends by itself and costs nothing',
      steps: [
        remoteStart(),
        event('Started', 0, 0, 'RemoteStart', { ...remotely, evse: { id: 1 } }, accepted),
        event('Ended', 1, 2, 'EVConnectTimeout', { info: { stoppedReason: 'Timeout' } }),
      ],
      leaves: {
        sessions: [
          {
            shown: { state: 'ended', stopReason: 'Timeout', startedBy: '$start', energyKwh: 0 },
            readings: ['event', 'stop'],
          },
        ],
      },
    },
    {
      id: 'TC_F_06',
      statement: 'a connector without a session is unlocked',
      steps: [
        ordered(
          { type: 'unlock', connectorId: 1 },
          ['UnlockConnector', { evseId: 1, connectorId: 1 }],
          { status: 'Unlocked' },
        ),
      ],
    },
    {
      id: 'TC_F_11',
      statement: 'the readings of one EVSE are asked for, and come without a session',
      steps: [
        triggers('meter-values', 'MeterValues', { evseId: 1 }, { evse: { id: 1 } }),
        metersEvse(1),
      ],
    },
    {
      id: 'TC_F_12',
      statement: 'the readings of all EVSEs are asked for, and come without a session',
      steps: [triggers('meter-values', 'MeterValues', {}, {}), metersEvse(1), metersEvse(2)],
    },
    {
      id: 'TC_F_13',
      statement: 'an event of the session of one EVSE is asked for, and is one more reading of it',
      steps: [
        starts(),
        triggers('transaction', 'TransactionEvent', { evseId: 1 }, { evse: { id: 1 } }),
        event('Updated', 1, 30, 'Trigger', { meterValue: [register(30, 3500, 'Trigger')] }),
      ],
      leaves: { sessions: [{ ...running, readings: ['event', 'event'] }] },
    },
    {
      id: 'TC_F_14',
      statement:
        'events of the sessions of all EVSEs are asked for, and are one more reading of each',
      steps: [
        starts(),
        event('Started', 0, 5, 'Authorized', { ...beside, ...ofEvse2, idToken: ada }, accepted),
        triggers('transaction', 'TransactionEvent', {}, {}),
        event('Updated', 1, 30, 'Trigger', { meterValue: [register(30, 3500, 'Trigger')] }),
        event('Updated', 1, 30, 'Trigger', {
          ...beside,
          meterValue: [register(30, 900, 'Trigger')],
        }),
      ],
      leaves: {
        sessions: [
          { shown: { state: 'active', evseId: 2, transactionId: 'ty' }, readings: twoEvents },
          { ...running, readings: twoEvents },
        ],
      },
    },
    {
      id: 'TC_F_15',
      statement: 'the state of uploads is asked for and kept as it came',
      steps: [
        triggers('log-status', 'LogStatusNotification', {}, {}),
        says('LogStatusNotification', { status: 'Idle' }),
      ],
      leaves: { messages: [['LogStatusNotification', { status: 'Idle' }]] },
    },
    {
      id: 'TC_F_18',
      statement: 'the state of the firmware is asked for and kept as it came',
      steps: [
        triggers('firmware-status', 'FirmwareStatusNotification', {}, {}),
        says('FirmwareStatusNotification', { status: 'Idle' }),
      ],
      leaves: { messages: [['FirmwareStatusNotification', { status: 'Idle' }]] },
    },
    {
      id: 'TC_F_20',
      statement: 'a heartbeat is asked for and answered with our time',
      steps: [
        triggers('heartbeat', 'Heartbeat', {}, {}),
        says('Heartbeat', {}, { currentTime: aTime }),
      ],
    },
    {
      id: 'TC_F_23',
      statement: 'the status of a free connector is asked for and shown',
      steps: [
        triggers(
          'status',
          'StatusNotification',
          { connectorId: 1 },
          { evse: { id: 1, connectorId: 1 } },
        ),
        status('Available', 3),
      ],
      leaves: { charger: connectors('Available') },
    },
    {
      id: 'TC_F_24',
      statement: 'the status of an occupied connector is asked for and shown',
      steps: [
        triggers(
          'status',
          'StatusNotification',
          { connectorId: 1 },
          { evse: { id: 1, connectorId: 1 } },
        ),
        status('Occupied', 3),
      ],
      leaves: { charger: connectors('Occupied') },
    },
    {
      id: 'TC_F_27',
      statement: 'a message that the charger does not have is a refusal with its word',
      steps: [
        ordered(
          { type: 'trigger', message: 'meter-values', evseId: 1 },
          ['TriggerMessage', { requestedMessage: 'MeterValues', evse: { id: 1 } }],
          { status: 'NotImplemented' },
          rejected('not-supported', 'NotImplemented'),
        ),
        says('Heartbeat', {}, { currentTime: aTime }),
      ],
      leaves: { charger: { online: true } },
    },
  ],
};
