import { aNumber, minute, ordered, says } from '../steps.ts';

/** The variable of the interval of heartbeats. */
export const heartbeat = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'HeartbeatInterval' },
};
/** The variable of the time after which a charger counts itself as offline. */
export const offline = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'OfflineThreshold' },
};

/** A variable that was asked for, with its value. */
export const got = (variable: object, attributeValue: string) => ({
  ...variable,
  attributeStatus: 'Accepted',
  attributeValue,
});

/** A part of a report; `tbc` where another one follows. */
export const reportPart = (seqNo: number, tbc: boolean, variable: object, value: string) =>
  says('NotifyReport', {
    requestId: '$request',
    seqNo,
    tbc,
    generatedAt: minute(0),
    reportData: [{ ...variable, variableAttribute: [{ value }] }],
  });

/** The charger is asked for a report, which comes in two parts. */
export const baseReport = (reportBase: string) => ({
  steps: [
    ordered({ type: 'get-base-report', reportBase }, [
      'GetBaseReport',
      { requestId: aNumber, reportBase },
    ]),
    reportPart(0, true, heartbeat, '560'),
    reportPart(1, false, offline, '60'),
  ],
  leaves: {
    messages: [
      ['NotifyReport', { seqNo: 0 }],
      ['NotifyReport', { seqNo: 1 }],
    ] as const,
    shows: {
      '/reports/$request': { complete: true, parts: 2, missing: [] },
      '/device-model': {
        incompleteReports: [],
        variables: [
          { variable: { name: 'HeartbeatInterval' }, attributes: [{ value: '560' }] },
          { variable: { name: 'OfflineThreshold' }, attributes: [{ value: '60' }] },
        ],
      },
    },
  },
});
