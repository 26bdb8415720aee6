import type { ConformanceBlock } from '../conformance-case.ts';
import { minute, ordered, rejected, says } from '../steps.ts';

const url = 'https://files.example/logs';

const temperature = {
  component: { name: 'ChargingStation' },
  variable: { name: 'Temperature' },
};
const power = { component: { name: 'ChargingStation' }, variable: { name: 'Power' } };

const monitor = (variable: object, type = 'UpperThreshold', value = 70) => ({
  value,
  type,
  severity: 5,
  ...variable,
});

const monitors = (...wanted: readonly ReturnType<typeof monitor>[]) =>
  ordered(
    { type: 'set-variable-monitoring', setMonitoringData: wanted },
    ['SetVariableMonitoring', { setMonitoringData: wanted }],
    {
      setMonitoringResult: wanted.map(({ value: _value, ...one }, index) => ({
        ...one,
        id: index + 1,
        status: 'Accepted',
      })),
    },
    {
      state: 'accepted',
      response: {
        data: { fields: { setMonitoringResult: wanted.map((_one, index) => ({ id: index + 1 })) } },
      },
    },
  );

const clears = (ids: readonly number[], reply: object, outcome: object) =>
  ordered(
    { type: 'clear-variable-monitoring', id: ids },
    ['ClearVariableMonitoring', { id: ids }],
    reply,
    outcome,
  );

const asksLog = (
  kind: string,
  logType: string,
  word: string,
  outcome: object = {
    state: 'accepted',
    response: { data: { kind: 'file', fileName: 'a.log' } },
  },
) =>
  ordered(
    { type: 'get-logs', kind, url, requestId: 21, from: minute(-60), to: minute(0) },
    [
      'GetLog',
      {
        logType,
        requestId: 21,
        log: { remoteLocation: url, oldestTimestamp: minute(-60), latestTimestamp: minute(0) },
      },
    ],
    word === 'Rejected' ? { status: word } : { status: word, filename: 'a.log' },
    outcome,
  );

const uploads = ['Uploading', 'Uploaded'].map((status) =>
  says('LogStatusNotification', { status, requestId: 21 }),
);
const uploaded = ['Uploading', 'Uploaded'].map(
  (status) => ['LogStatusNotification', { status, requestId: 21 }] as const,
);

const sets = (command: object, action: string, payload: object, word: string, outcome: object) =>
  ordered(command, [action, payload], { status: word }, outcome);

/** Block N, diagnostics. */
export const diagnosticsCases: ConformanceBlock = {
  name: 'N Diagnostics',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_N_05',
      statement: 'the base of monitoring is set',
      steps: [
        sets(
          { type: 'set-monitoring-base', monitoringBase: 'All' },
          'SetMonitoringBase',
          { monitoringBase: 'All' },
          'Accepted',
          { state: 'accepted' },
        ),
      ],
    },
    {
      id: 'TC_N_08',
      statement: 'a variable is monitored, under the number that the charger gives',
      steps: [monitors(monitor(temperature))],
    },
    {
      id: 'TC_N_09',
      statement: 'several variables are monitored, each under a number of its own',
      steps: [monitors(monitor(temperature), monitor(power))],
    },
    {
      id: 'TC_N_16',
      statement: 'the level of monitoring is set',
      steps: [
        sets(
          { type: 'set-monitoring-level', severity: 4 },
          'SetMonitoringLevel',
          { severity: 4 },
          'Accepted',
          { state: 'accepted' },
        ),
      ],
    },
    {
      id: 'TC_N_17',
      statement: 'a level of monitoring that does not exist is a refusal of the charger',
      steps: [
        sets(
          { type: 'set-monitoring-level', severity: 10 },
          'SetMonitoringLevel',
          { severity: 10 },
          'Rejected',
          rejected('rejected', 'Rejected'),
        ),
      ],
    },
    {
      id: 'TC_N_18',
      statement:
        'more monitors than the charger takes at once are an error of it, which is the outcome',
      steps: [
        clears(
          [1, 2, 3],
          { error: 'OccurrenceConstraintViolation' },
          { state: 'failed', error: { code: 'OccurrenceConstraintViolation' } },
        ),
      ],
    },
    {
      id: 'TC_N_24',
      statement: 'the values of a periodic monitor are kept, and the device model has the latest',
      steps: [
        monitors(monitor(temperature, 'Periodic', 60)),
        says('NotifyEvent', {
          generatedAt: minute(1),
          seqNo: 0,
          eventData: [
            {
              eventId: 1,
              timestamp: minute(1),
              trigger: 'Periodic',
              actualValue: '41',
              eventNotificationType: 'CustomMonitor',
              variableMonitoringId: 1,
              ...temperature,
            },
          ],
        }),
      ],
      leaves: {
        messages: [['NotifyEvent', { seqNo: 0 }]],
        shows: {
          '/device-model': {
            variables: [{ variable: { name: 'Temperature' }, attributes: [{ value: '41' }] }],
          },
        },
      },
    },
    {
      id: 'TC_N_25',
      statement: 'the log of diagnostics is uploaded under the name that the charger gives',
      steps: [asksLog('diagnostics', 'DiagnosticsLog', 'Accepted'), ...uploads],
      leaves: { messages: uploaded },
    },
    {
      id: 'TC_N_34',
      statement: 'a log that the charger does not upload is a refusal',
      steps: [
        asksLog('diagnostics', 'DiagnosticsLog', 'Rejected', rejected('rejected', 'Rejected')),
      ],
    },
    {
      id: 'TC_N_35',
      statement: 'the security log is uploaded under the name that the charger gives',
      steps: [asksLog('security', 'SecurityLog', 'Accepted'), ...uploads],
      leaves: { messages: uploaded },
    },
    {
      id: 'TC_N_36',
      statement: 'a second request for a log replaces the first one, and says so',
      steps: [
        asksLog('diagnostics', 'DiagnosticsLog', 'Accepted'),
        says('LogStatusNotification', { status: 'Uploading', requestId: 21 }),
        asksLog('diagnostics', 'DiagnosticsLog', 'AcceptedCanceled', {
          state: 'accepted',
          response: { remark: 'earlier-cancelled', data: { fileName: 'a.log' } },
        }),
        says('LogStatusNotification', { status: 'AcceptedCanceled', requestId: 21 }),
      ],
      leaves: {
        messages: [
          ['LogStatusNotification', { status: 'Uploading' }],
          ['LogStatusNotification', { status: 'AcceptedCanceled' }],
        ],
      },
    },
    {
      id: 'TC_N_44',
      statement: 'a monitor that cannot be cleared is a refusal',
      steps: [
        clears(
          [1],
          { clearMonitoringResult: [{ id: 1, status: 'Rejected' }] },
          rejected('rejected', 'Rejected'),
        ),
      ],
    },
  ],
};
