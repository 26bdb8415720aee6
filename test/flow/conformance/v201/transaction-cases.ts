import type { ConformanceBlock, LeftSession } from '../conformance-case.ts';
import { minute, ordered, sees } from '../steps.ts';
import {
  accepted,
  ada,
  authorizes,
  changesState,
  charged,
  connectors,
  ends,
  event,
  meters,
  plugsIn,
  presents,
  register,
  starts,
  status,
} from './messages.ts';

const evse = { id: 1, connectorId: 1 };

/** A whole session whose first message has the reason of a start option. */
const startedBy = (triggerReason: string, info: object = {}) => ({
  steps: [starts(triggerReason, { info }), meters(1), ends(2, 'StopAuthorized', 'Local')],
  leaves: { sessions: [charged({ stopReason: 'Local' })] },
});

/** A whole session whose last message has the reasons of a stop option. */
const stoppedBy = (triggerReason: string, stoppedReason: string, state?: string) => ({
  steps: [
    starts(),
    meters(1),
    ...(state === undefined ? [] : [changesState(2, 59, state)]),
    ends(state === undefined ? 2 : 3, triggerReason, stoppedReason),
  ],
  leaves: {
    sessions: [
      charged(
        { stopReason: stoppedReason },
        state === undefined ? ['event', 'meter'] : ['event', 'meter', 'event'],
      ),
    ],
  },
});

/** A session in which nothing flowed for a while. */
const idleFor = (idleSeconds: number, session: LeftSession): LeftSession => ({
  ...session,
  ...(session.bill && { bill: { ...session.bill, idleSeconds } }),
});

const asksStatus = (transaction: object, answer: object) =>
  ordered(
    { type: 'get-transaction-status', ...transaction },
    ['GetTransactionStatus', transaction],
    answer,
    { state: 'accepted', response: { data: { fields: answer } } },
  );

const unknown = { idTokenInfo: { status: 'Invalid' } };

/** Block E, transactions. */
export const transactionCases: ConformanceBlock = {
  name: 'E Transactions',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_E_01',
      statement:
        'a session that begins when the power path closes is billed, and the time until energy flows is idle',
      steps: [
        status('Occupied', 0),
        authorizes(),
        starts('ChargingStateChanged', { info: { chargingState: 'SuspendedEV' } }),
        sees({ state: 'active', startedAt: minute(0), tokenId: 'ADA' }),
        changesState(1, 10, 'Charging'),
        meters(2),
        ends(3, 'StopAuthorized', 'Local'),
        status('Available', 61),
      ],
      leaves: {
        sessions: [idleFor(600, charged({ stopReason: 'Local' }, ['event', 'event', 'meter']))],
        charger: connectors('Available'),
      },
    },
    {
      id: 'TC_E_02',
      statement:
        'a session that begins when energy flows is billed from then on, and not from the plug and the token before it',
      steps: [
        status('Occupied', -10),
        authorizes(),
        status('Occupied', -5),
        starts('ChargingStateChanged', { info: { chargingState: 'Charging' } }),
        meters(1),
        ends(2, 'StopAuthorized', 'Local'),
        status('Available', 61),
      ],
      leaves: {
        sessions: [idleFor(0, charged({ stopReason: 'Local' }))],
        charger: connectors('Available'),
      },
    },
    {
      id: 'TC_E_03',
      statement: 'a session that begins with the plug gets its token later and is billed',
      steps: [
        status('Occupied', 0),
        plugsIn(),
        authorizes(),
        presents(1),
        changesState(2, 2, 'Charging'),
        meters(3),
        ends(4, 'StopAuthorized', 'Local'),
        status('Available', 61),
      ],
      leaves: {
        sessions: [charged({ stopReason: 'Local' }, ['event', 'event', 'event', 'meter'])],
        charger: connectors('Available'),
      },
    },
    {
      id: 'TC_E_04',
      statement: 'a session that begins with the token gets its place later and is billed',
      steps: [
        authorizes(),
        event('Started', 0, 0, 'Authorized', { idToken: ada }, accepted),
        status('Occupied', 0),
        event('Updated', 1, 0, 'CablePluggedIn', {
          evse,
          meterValue: [register(0, 1000, 'Transaction.Begin')],
        }),
        sees({ evseId: 1, connectorId: 1 }),
        meters(2),
        ends(3, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged({}, ['event', 'event', 'meter'])] },
    },
    {
      id: 'TC_E_07',
      statement: 'a session that ends when the power path opens is billed',
      ...stoppedBy('StopAuthorized', 'Local', 'EVConnected'),
    },
    {
      id: 'TC_E_08',
      statement: 'a session that ends when energy stops to flow by the token is billed',
      ...stoppedBy('ChargingStateChanged', 'Local', 'EVConnected'),
    },
    {
      id: 'TC_E_09',
      statement: 'a session that begins when the vehicle is connected is billed',
      ...startedBy('CablePluggedIn', { chargingState: 'EVConnected' }),
    },
    {
      id: 'TC_E_10',
      statement: 'a session that begins when its token is authorized is billed',
      ...startedBy('Authorized'),
    },
    {
      id: 'TC_E_11',
      statement: 'a session that begins with the first signed data is billed',
      ...startedBy('SignedDataReceived'),
    },
    {
      id: 'TC_E_12',
      statement: 'a session that begins when a vehicle is parked is billed',
      ...startedBy('EVDetected'),
    },
    {
      id: 'TC_E_14',
      statement: 'a session that ends because the cable was unplugged at the charger is billed',
      ...stoppedBy('EVCommunicationLost', 'EVDisconnected'),
    },
    {
      id: 'TC_E_15',
      statement: 'a session that ends by its token is billed',
      steps: [
        starts(),
        meters(1),
        authorizes(),
        ends(2, 'StopAuthorized', 'Local', { idToken: ada }, accepted),
      ],
      leaves: { sessions: [charged({ stopReason: 'Local' })] },
    },
    {
      id: 'TC_E_16',
      statement:
        'a session by an unknown token gets Invalid, ends at once, and costs nothing as nothing flowed',
      steps: [
        starts(
          'Authorized',
          { idToken: { idToken: 'STRANGER', type: 'ISO14443' } },
          unknown as typeof accepted,
        ),
        ends(1, 'Deauthorized', 'DeAuthorized', {
          meterValue: [register(60, 1000, 'Transaction.End')],
        }),
      ],
      leaves: {
        sessions: [
          {
            shown: { state: 'ended', tokenId: 'STRANGER', stopReason: 'DeAuthorized' },
            bill: { kwh: 0, total: '0.00', anomalies: ['TOKEN_NOT_ACCEPTED', 'ZERO_ENERGY'] },
          },
        ],
      },
    },
    {
      id: 'TC_E_17',
      statement: 'a session that is deauthorized because the vehicle left is billed',
      ...stoppedBy('Deauthorized', 'EVDisconnected', 'SuspendedEVSE'),
    },
    {
      id: 'TC_E_19',
      statement: 'a session that ends when the vehicle drives off is billed',
      ...stoppedBy('EVDeparted', 'Local'),
    },
    {
      id: 'TC_E_20',
      statement: 'a session that ends because the cable was unplugged at the vehicle is billed',
      ...stoppedBy('EVCommunicationLost', 'EVDisconnected', 'Idle'),
    },
    {
      id: 'TC_E_21',
      statement: 'a session that ends by a remote stop names its command and is billed',
      steps: [
        starts(),
        meters(1),
        ordered({ type: 'stop', sessionId: '$session' }, [
          'RequestStopTransaction',
          { transactionId: 'tx' },
        ]),
        ends(2, 'RemoteStop', 'Remote'),
      ],
      leaves: { sessions: [charged({ stopReason: 'Remote', stoppedBy: '$stop' })] },
    },
    {
      id: 'TC_E_22',
      statement: 'a session that ends because the vehicle is full is billed',
      ...stoppedBy('ChargingStateChanged', 'StoppedByEV', 'SuspendedEV'),
    },
    {
      id: 'TC_E_26',
      statement:
        'a session that is suspended while the cable is out of the vehicle continues and is billed',
      steps: [
        starts(),
        event('Updated', 1, 20, 'EVCommunicationLost', { info: { chargingState: 'Idle' } }),
        event('Updated', 2, 25, 'CablePluggedIn', { info: { chargingState: 'Charging' } }),
        meters(3),
        ends(4, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged({}, ['event', 'event', 'event', 'meter'])] },
    },
    {
      id: 'TC_E_29',
      statement: 'a session that continues says that messages of it wait',
      steps: [
        starts(),
        asksStatus({ transactionId: 'tx' }, { ongoingIndicator: true, messagesInQueue: true }),
      ],
      leaves: { sessions: [{ shown: { state: 'active', transactionId: 'tx' } }] },
    },
    {
      id: 'TC_E_30',
      statement: 'a session that continues says that no message of it waits',
      steps: [
        starts(),
        asksStatus({ transactionId: 'tx' }, { ongoingIndicator: true, messagesInQueue: false }),
      ],
      leaves: { sessions: [{ shown: { state: 'active', transactionId: 'tx' } }] },
    },
    {
      id: 'TC_E_31',
      statement:
        'a session that ended while the charger was offline is billed when its messages arrive',
      steps: [
        starts(),
        asksStatus({ transactionId: 'tx' }, { ongoingIndicator: false, messagesInQueue: true }),
        event('Updated', 1, 30, 'MeterValuePeriodic', {
          offline: true,
          meterValue: [register(30, 3500)],
        }),
        ends(2, 'StopAuthorized', 'Local', { offline: true }),
      ],
      leaves: { sessions: [charged()] },
    },
    {
      id: 'TC_E_33',
      statement: 'a charger says that messages wait, without a transaction',
      steps: [asksStatus({}, { messagesInQueue: true })],
    },
    {
      id: 'TC_E_34',
      statement: 'a charger says that no message waits, without a transaction',
      steps: [asksStatus({}, { messagesInQueue: false })],
    },
    {
      id: 'TC_E_38',
      statement:
        'a session whose vehicle is not ready is stored with its state and billed at its end',
      steps: [
        plugsIn(),
        presents(1),
        changesState(2, 2, 'SuspendedEV'),
        changesState(3, 10, 'Charging'),
        meters(4),
        ends(5, 'StopAuthorized', 'Local'),
      ],
      leaves: {
        sessions: [charged({}, ['event', 'event', 'event', 'event', 'meter'])],
      },
    },
    {
      id: 'TC_E_39',
      statement: 'a session that ends because nobody plugged in costs nothing',
      steps: [
        authorizes(),
        event('Started', 0, 0, 'Authorized', { idToken: ada, evse }, accepted),
        event('Ended', 1, 2, 'EVConnectTimeout', { info: { stoppedReason: 'Timeout' } }),
      ],
      leaves: {
        sessions: [
          {
            shown: {
              state: 'ended',
              stopReason: 'Timeout',
              endedAt: minute(2),
              energyKwh: 0,
            },
            readings: ['event', 'stop'],
          },
        ],
      },
    },
    {
      id: 'TC_E_53',
      statement: 'two sessions whose messages both begin with number 0 are two bills',
      steps: [
        starts('Authorized', { info: { transactionId: 'first' } }),
        ends(1, 'StopAuthorized', 'Local', {
          info: { transactionId: 'first', stoppedReason: 'Local' },
        }),
        event(
          'Started',
          0,
          70,
          'Authorized',
          { evse, idToken: ada, meterValue: [register(70, 6000, 'Transaction.Begin')] },
          accepted,
        ),
        event('Ended', 1, 130, 'StopAuthorized', {
          info: { stoppedReason: 'Local' },
          meterValue: [register(130, 10_000, 'Transaction.End')],
        }),
      ],
      leaves: {
        sessions: [
          {
            shown: { transactionId: 'tx', energyKwh: 4, startedAt: minute(70) },
            bill: { kwh: 4, total: '2.00' },
          },
          { shown: { transactionId: 'first', energyKwh: 5 }, bill: { kwh: 5, total: '2.50' } },
        ],
      },
    },
  ],
};
