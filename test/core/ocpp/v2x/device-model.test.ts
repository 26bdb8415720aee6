import { describe, expect, it } from 'vitest';
import { answeredValues } from '../../../../core/ocpp/v2x/answered-values.ts';
import type { ReportPart } from '../../../../core/ocpp/v2x/assemble-reports.ts';
import { deviceModel } from '../../../../core/ocpp/v2x/device-model.ts';

const at = (second: number) => new Date(Date.UTC(2026, 3, 14, 16, 0, second)).toISOString();

const interval = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };
const available = {
  component: { name: 'Connector', evse: { id: 1, connectorId: 2 } },
  variable: { name: 'Available' },
};

const part = (second: number, action: string, payload: object): ReportPart => ({
  action,
  receivedAt: at(second),
  raw: JSON.stringify(payload),
});

const report = (second: number, requestId: number, reportData: readonly object[], more = {}) =>
  part(second, 'NotifyReport', {
    requestId,
    seqNo: 0,
    generatedAt: at(second),
    reportData,
    ...more,
  });

const actual = (value: string) => [{ type: 'Actual', value, mutability: 'ReadWrite' }];

it('a variable is shown as the latest report has it that names it', () => {
  const { variables, incomplete } = deviceModel(
    [
      report(0, 1, [
        {
          ...interval,
          variableAttribute: actual('60'),
          variableCharacteristics: { dataType: 'integer' },
        },
        { ...available, variableAttribute: actual('true') },
      ]),
      report(5, 2, [
        {
          component: { name: 'ocppcommctrlr' },
          variable: { name: 'heartbeatinterval' },
          variableAttribute: actual('300'),
        },
      ]),
    ],
    [],
  );

  expect(incomplete).toEqual([]);
  expect(variables).toEqual([
    { ...available, attributes: actual('true'), reportedAt: at(0) },
    {
      component: { name: 'ocppcommctrlr' },
      variable: { name: 'heartbeatinterval' },
      attributes: actual('300'),
      reportedAt: at(5),
    },
  ]);
});

it('an event changes the value of its variable and nothing else, unless a later report has it too', () => {
  const event = (second: number, actualValue: string) =>
    part(second, 'NotifyEvent', {
      seqNo: 0,
      generatedAt: at(second),
      eventData: [{ ...interval, actualValue, eventId: 1 }],
    });
  const first = report(0, 1, [{ ...interval, variableAttribute: actual('60') }]);
  const again = report(9, 2, [{ ...interval, variableAttribute: actual('90') }]);
  const shown = (messages: readonly ReportPart[]) =>
    deviceModel(messages, []).variables.map(({ attributes, reportedAt }) => [
      attributes,
      reportedAt,
    ]);

  expect(shown([event(5, '70'), first])).toEqual([[actual('70'), at(5)]]);
  expect(shown([event(5, '70'), again, first])).toEqual([[actual('90'), at(9)]]);
  expect(shown([event(5, '70')])).toEqual([[[{ type: 'Actual', value: '70' }], at(5)]]);
});

it('the variables of a report that lacks parts are shown, and the report is named', () => {
  const { variables, incomplete } = deviceModel(
    [report(0, 1, [{ ...interval, variableAttribute: actual('60') }], { seqNo: 1, tbc: true })],
    [],
  );

  expect(variables).toHaveLength(1);
  expect(incomplete).toMatchObject([{ requestId: 1, missing: [0] }]);
});

it('the answers to commands are values that were heard', () => {
  const got = answeredValues({
    request: { type: 'get-variables', fields: {} },
    outcome: {
      kind: 'rejected',
      reason: 'rejected',
      word: 'UnknownVariable',
      data: {
        kind: 'answer',
        fields: {
          getVariableResult: [
            { ...interval, attributeStatus: 'Accepted', attributeValue: '70' },
            { ...available, attributeStatus: 'UnknownVariable' },
          ],
        },
      },
    },
    finishedAt: at(3),
  });
  const byKey = answeredValues({
    request: { type: 'get-configuration', keys: ['Connector@1/2.Available'] },
    outcome: {
      kind: 'accepted',
      data: {
        kind: 'configuration',
        keys: [{ key: 'Connector@1/2.Available', value: 'false' }],
        unknownKeys: [],
      },
    },
    finishedAt: at(4),
  });
  const set = answeredValues({
    request: { type: 'set-configuration', key: 'OCPPCommCtrlr.HeartbeatInterval', value: '80' },
    outcome: { kind: 'accepted' },
    finishedAt: at(5),
  });

  expect(deviceModel([], [...set, ...got, ...byKey]).variables).toEqual([
    { ...available, attributes: [{ type: 'Actual', value: 'false' }], reportedAt: at(4) },
    { ...interval, attributes: [{ type: 'Actual', value: '80' }], reportedAt: at(5) },
  ]);
});

it('a setting that is refused, or that waits for a reboot, is no value that was heard', () => {
  const request = { type: 'set-configuration', key: 'A.B', value: '1' } as const;
  const finishedAt = at(1);

  expect(
    answeredValues({
      request,
      outcome: { kind: 'rejected', reason: 'rejected', word: 'Rejected' },
      finishedAt,
    }),
  ).toEqual([]);
  expect(
    answeredValues({
      request,
      outcome: { kind: 'accepted', remark: 'reboot-required' },
      finishedAt,
    }),
  ).toEqual([]);
  expect(answeredValues({ request })).toEqual([]);
});

it('messages of any other form are no part of the model', () => {
  const odd = [
    part(0, 'NotifyReport', { requestId: 1, reportData: [{ component: 'x' }, 7, null] }),
    part(1, 'NotifyEvent', { eventData: [{ ...interval }, { actualValue: '1' }] }),
    part(2, 'NotifyEvent', []),
    { ...part(3, 'NotifyEvent', {}), raw: 'broken' },
  ];

  expect(deviceModel(odd, []).variables).toEqual([]);
});

describe('the values of a periodic event stream', () => {
  const monitor = { id: 7, transaction: false, value: 60, type: 'Periodic', severity: 8 };
  const reported = part(0, 'NotifyMonitoringReport', {
    requestId: 1,
    seqNo: 0,
    generatedAt: at(0),
    monitor: [{ ...interval, variableMonitoring: [monitor] }],
  });
  const opened = part(1, 'OpenPeriodicEventStream', {
    constantStreamData: { id: 3, variableMonitoringId: 7, params: {} },
  });
  const streamed = part(9, 'NotifyPeriodicEventStream', {
    id: 3,
    pending: 0,
    basetime: at(2),
    data: [
      { t: 0, v: '60' },
      { t: 5.5, v: '61' },
    ],
  });

  it('streamed values are those of the variable that their monitor watches, at their own time', () => {
    const { variables } = deviceModel([reported, opened, streamed], []);
    expect(variables).toEqual([
      {
        ...interval,
        attributes: [{ type: 'Actual', value: '61' }],
        reportedAt: '2026-04-14T16:00:07.500Z',
      },
    ]);
  });

  it('a stream of a monitor that was never reported shows nothing', () => {
    expect(deviceModel([opened, streamed], []).variables).toEqual([]);
    expect(deviceModel([reported, streamed], []).variables).toEqual([]);
  });
});
