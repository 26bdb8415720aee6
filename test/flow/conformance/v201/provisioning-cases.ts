import type { ConformanceBlock } from '../conformance-case.ts';
import { aNumber, asked, knocks, ordered, reconnects, rejected } from '../steps.ts';
import { baseReport, got, heartbeat, offline, reportPart } from './base-report.ts';
import { firstBoot, heldBoots } from './boot-cases.ts';
import { boots, charged, connectors, ends, meters, starts, status } from './messages.ts';

const perMessage = {
  component: { name: 'DeviceDataCtrlr' },
  variable: { name: 'ItemsPerMessage', instance: 'GetVariables' },
};

const resets = (kind: string, type: string, word: string, outcome: object, evseId?: number) => {
  const place = evseId === undefined ? {} : { evseId };
  return ordered(
    { type: 'reset', kind, ...place },
    ['Reset', { type, ...place }],
    { status: word },
    outcome,
  );
};

const scheduled = { state: 'accepted', response: { remark: 'scheduled' } };

const connectionData = {
  messageTimeout: 30,
  ocppCsmsUrl: 'wss://joulegate.example/ocpp',
  ocppInterface: 'Wired0',
  ocppTransport: 'JSON',
  ocppVersion: 'OCPP20',
  securityProfile: 2,
};

const setsNetworkProfile = (word: string, outcome: object) =>
  ordered(
    { type: 'set-network-profile', configurationSlot: 1, connectionData },
    ['SetNetworkProfile', { configurationSlot: 1, connectionData }],
    { status: word },
    outcome,
  );

/** Block B, provisioning. */
export const provisioningCases: ConformanceBlock = {
  name: 'B Provisioning',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_B_01',
      statement:
        'a charger that boots is accepted with time and interval, and shown as it says it is',
      steps: [boots, status('Available', 0), status('Available', 0, 2)],
      leaves: {
        charger: {
          online: true,
          ocppVersion: '2.0.1',
          vendor: 'Acme',
          model: 'Wallbox',
          firmwareVersion: '1.0',
          ...connectors('Available', 'Available'),
        },
      },
    },
    firstBoot,
    {
      id: 'TC_B_06',
      statement:
        'one variable is asked for, and its value is in the outcome and in the device model',
      steps: [
        ordered(
          { type: 'get-variables', getVariableData: [offline] },
          ['GetVariables', { getVariableData: [offline] }],
          { getVariableResult: [got(offline, '60')] },
          {
            state: 'accepted',
            response: { data: { fields: { getVariableResult: [{ attributeValue: '60' }] } } },
          },
        ),
      ],
      leaves: {
        shows: {
          '/device-model': {
            variables: [{ variable: { name: 'OfflineThreshold' }, attributes: [{ value: '60' }] }],
          },
        },
      },
    },
    {
      id: 'TC_B_07',
      statement: 'several variables are asked for at once, and each has its value in the outcome',
      steps: [
        ordered(
          {
            type: 'get-configuration',
            keys: ['OCPPCommCtrlr.HeartbeatInterval', 'OCPPCommCtrlr.OfflineThreshold'],
          },
          ['GetVariables', { getVariableData: [heartbeat, offline] }],
          { getVariableResult: [got(heartbeat, '560'), got(offline, '60')] },
          {
            state: 'accepted',
            response: {
              data: {
                keys: [
                  { key: 'OCPPCommCtrlr.HeartbeatInterval', value: '560' },
                  { key: 'OCPPCommCtrlr.OfflineThreshold', value: '60' },
                ],
                unknownKeys: [],
              },
            },
          },
        ),
      ],
    },
    {
      id: 'TC_B_08',
      statement:
        'variables that are asked for at once are sent in messages of as many as the charger takes',
      steps: [
        ordered(
          { type: 'get-configuration', keys: ['DeviceDataCtrlr.ItemsPerMessage[GetVariables]'] },
          ['GetVariables', { getVariableData: [perMessage] }],
          { getVariableResult: [got(perMessage, '1')] },
        ),
        ordered(
          { type: 'get-variables', getVariableData: [heartbeat, offline] },
          ['GetVariables', { getVariableData: [heartbeat] }],
          { getVariableResult: [got(heartbeat, '1')] },
          { state: 'accepted' },
        ),
        asked(
          'GetVariables',
          { getVariableData: [offline] },
          {
            getVariableResult: [got(offline, '2')],
          },
        ),
      ],
    },
    {
      id: 'TC_B_09',
      statement: 'one variable is set, and the device model has its new value',
      steps: [
        ordered(
          { type: 'set-configuration', key: 'OCPPCommCtrlr.OfflineThreshold', value: '123' },
          ['SetVariables', { setVariableData: [{ ...offline, attributeValue: '123' }] }],
          { setVariableResult: [{ ...offline, attributeStatus: 'Accepted' }] },
        ),
      ],
      leaves: {
        shows: {
          '/device-model': {
            variables: [{ variable: { name: 'OfflineThreshold' }, attributes: [{ value: '123' }] }],
          },
        },
      },
    },
    {
      id: 'TC_B_10',
      statement:
        'several variables are set at once, and one that the charger refuses makes it a refusal',
      steps: [
        ordered(
          {
            type: 'set-variables',
            setVariableData: [
              { ...offline, attributeValue: '123' },
              { ...heartbeat, attributeValue: '-1' },
            ],
          },
          [
            'SetVariables',
            {
              setVariableData: [
                { ...offline, attributeValue: '123' },
                { ...heartbeat, attributeValue: '-1' },
              ],
            },
          ],
          {
            setVariableResult: [
              { ...offline, attributeStatus: 'Accepted' },
              { ...heartbeat, attributeStatus: 'Rejected' },
            ],
          },
          rejected('rejected', 'Rejected'),
        ),
      ],
    },
    {
      id: 'TC_B_12',
      statement: 'the inventory of the configuration is asked for and put together from its parts',
      ...baseReport('ConfigurationInventory'),
    },
    {
      id: 'TC_B_13',
      statement: 'the full inventory is asked for and put together from its parts',
      ...baseReport('FullInventory'),
    },
    {
      id: 'TC_B_14',
      statement: 'the summary of the inventory is asked for and put together from its parts',
      ...baseReport('SummaryInventory'),
    },
    {
      id: 'TC_B_18',
      statement: 'a report of chosen components and variables is asked for and put together',
      steps: [
        ordered(
          {
            type: 'get-report',
            componentCriteria: ['Problem'],
            componentVariable: [heartbeat],
          },
          [
            'GetReport',
            {
              requestId: aNumber,
              componentCriteria: ['Problem'],
              componentVariable: [heartbeat],
            },
          ],
        ),
        reportPart(0, false, heartbeat, '560'),
      ],
      leaves: {
        messages: [['NotifyReport', { seqNo: 0, tbc: false }]],
        shows: { '/reports/$request': { complete: true, parts: 1, missing: [] } },
      },
    },
    {
      id: 'TC_B_20',
      statement: 'a reset without a session is accepted, and the charger boots again',
      steps: [resets('soft', 'OnIdle', 'Accepted', { state: 'accepted' }), reconnects(), boots],
      leaves: { charger: { online: true, model: 'Wallbox' } },
    },
    {
      id: 'TC_B_21',
      statement:
        'a reset that waits for the end of a session is scheduled, and the session is billed',
      steps: [
        starts(),
        meters(1),
        resets('soft', 'OnIdle', 'Scheduled', scheduled),
        ends(2, 'StopAuthorized', 'Local'),
        reconnects(),
        boots,
      ],
      leaves: { sessions: [charged({ stopReason: 'Local' })] },
    },
    {
      id: 'TC_B_22',
      statement: 'a reset at once ends the session, which is billed',
      steps: [
        starts(),
        meters(1),
        resets('hard', 'Immediate', 'Accepted', { state: 'accepted' }),
        ends(2, 'ResetCommand', 'ImmediateReset'),
        reconnects(),
        boots,
      ],
      leaves: { sessions: [charged({ stopReason: 'ImmediateReset' })] },
    },
    {
      id: 'TC_B_25',
      statement: 'the reset of one EVSE without a session is accepted',
      steps: [
        resets('soft', 'OnIdle', 'Accepted', { state: 'accepted' }, 1),
        status('Unavailable', 0),
        status('Available', 1),
      ],
      leaves: { charger: connectors('Available') },
    },
    {
      id: 'TC_B_26',
      statement:
        'the reset of one EVSE that waits for the end of a session is scheduled, and the session is billed',
      steps: [
        starts(),
        meters(1),
        resets('soft', 'OnIdle', 'Scheduled', scheduled, 1),
        ends(2, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged()] },
    },
    {
      id: 'TC_B_27',
      statement: 'the reset of one EVSE at once ends its session, which is billed',
      steps: [
        starts(),
        meters(1),
        resets('hard', 'Immediate', 'Accepted', { state: 'accepted' }, 1),
        ends(2, 'ResetCommand', 'ImmediateReset'),
      ],
      leaves: { sessions: [charged({ stopReason: 'ImmediateReset' })] },
    },
    ...heldBoots,
    {
      id: 'TC_B_42',
      statement: 'a network profile is set',
      steps: [setsNetworkProfile('Accepted', { state: 'accepted' })],
    },
    {
      id: 'TC_B_44',
      statement: 'a network profile that the charger could not set is a refusal with its word',
      steps: [setsNetworkProfile('Failed', rejected('failed', 'Failed'))],
    },
    {
      id: 'TC_B_58',
      statement: 'a version that both speak is chosen, and one that nobody speaks gets 400',
      steps: [
        knocks({ protocols: ['ocpp0.1'], outcome: 400 }),
        knocks({ protocols: ['ocpp2.0.1'], outcome: 'ocpp2.0.1' }),
        knocks({ protocols: ['ocpp0.1', 'ocpp2.0.1'], outcome: 'ocpp2.0.1' }),
      ],
    },
  ],
};
