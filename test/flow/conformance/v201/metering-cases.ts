import type { ConformanceBlock } from '../conformance-case.ts';
import { minute, says, sees } from '../steps.ts';
import { accepted, ada, charged, ends, event, meters, register, starts } from './messages.ts';

const evse = { id: 1, connectorId: 1 };

/** A value with the text that the meter has signed; the text of no meter that exists. */
const signed = (at: number, value: number, context: string) => ({
  timestamp: minute(at),
  sampledValue: [
    {
      value,
      context,
      measurand: 'Energy.Active.Import.Register',
      signedMeterValue: {
        signedMeterData: 'bm90IHNpZ25lZA==',
        signingMethod: '',
        encodingMethod: 'vendor',
        publicKey: '',
      },
    },
  ],
});

const aligned = (seqNo: number, at: number, value: number) =>
  event('Updated', seqNo, at, 'MeterValueClock', {
    meterValue: [register(at, value, 'Sample.Clock')],
  });

const noFormat =
  'The signed text of the case is of no meter: it is kept, and named in the CDR as one that cannot be checked.';

/** Block J, metering. */
export const meteringCases: ConformanceBlock = {
  name: 'J Metering',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_J_01',
      statement: 'clock-aligned readings of a charger without a session begin none',
      steps: [
        says('MeterValues', { evseId: 1, meterValue: [register(0, 1000, 'Sample.Clock')] }),
        says('MeterValues', { evseId: 0, meterValue: [register(15, 1000, 'Sample.Clock')] }),
      ],
    },
    {
      id: 'TC_J_02',
      statement:
        'clock-aligned readings of a session are part of its evidence, and it is billed once',
      steps: [
        starts(),
        aligned(1, 15, 2250),
        meters(2),
        aligned(3, 45, 4750),
        ends(4, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged({}, ['event', 'meter', 'meter', 'meter'])] },
    },
    {
      id: 'TC_J_03',
      statement:
        'clock-aligned readings that come with the end of a session are part of its evidence',
      steps: [
        starts(),
        ends(1, 'StopAuthorized', 'Local', {
          meterValue: [
            register(15, 2250, 'Sample.Clock'),
            register(30, 3500, 'Sample.Clock'),
            register(60, 6000, 'Transaction.End'),
          ],
        }),
      ],
      leaves: { sessions: [charged({}, ['event'])] },
    },
    {
      id: 'TC_J_04',
      statement: 'signed clock-aligned readings are kept with their signature',
      limit: noFormat,
      steps: [says('MeterValues', { evseId: 1, meterValue: [signed(0, 1000, 'Sample.Clock')] })],
    },
    {
      id: 'TC_J_07',
      statement: 'the readings of a start whose EVSE is known begin its bill',
      steps: [starts('CablePluggedIn'), ends(1, 'StopAuthorized', 'Local')],
      leaves: { sessions: [charged({}, ['event'])] },
    },
    {
      id: 'TC_J_08',
      statement: 'the readings of a start whose EVSE is not known yet begin its bill',
      steps: [
        event('Started', 0, 0, 'Authorized', { idToken: ada }, accepted),
        event('Updated', 1, 0, 'CablePluggedIn', {
          evse,
          meterValue: [register(0, 1000, 'Transaction.Begin')],
        }),
        sees({ evseId: 1, connectorId: 1 }),
        ends(2, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged({}, ['event', 'event'])] },
    },
    {
      id: 'TC_J_09',
      statement: 'readings that come while the vehicle charges are part of the evidence',
      steps: [
        starts(),
        event('Updated', 1, 15, 'MeterValuePeriodic', { meterValue: [register(15, 2250)] }),
        meters(2),
        ends(3, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged({}, ['event', 'meter', 'meter'])] },
    },
    {
      id: 'TC_J_10',
      statement: 'readings that all come with the end of a session are its bill',
      steps: [
        event('Started', 0, 0, 'Authorized', { idToken: ada, evse }, accepted),
        ends(1, 'StopAuthorized', 'Local', {
          meterValue: [
            register(0, 1000, 'Transaction.Begin'),
            register(30, 3500),
            register(60, 6000, 'Transaction.End'),
          ],
        }),
      ],
      leaves: { sessions: [charged({}, ['event'])] },
    },
    {
      id: 'TC_J_11',
      statement: 'a session with signed readings that cannot be checked says so',
      limit: noFormat,
      steps: [
        starts('Authorized', { meterValue: [signed(0, 1000, 'Transaction.Begin')] }),
        ends(1, 'StopAuthorized', 'Local', {
          meterValue: [signed(60, 6000, 'Transaction.End')],
        }),
      ],
      leaves: {
        sessions: [
          {
            shown: { state: 'ended', energyKwh: 5 },
            bill: { kwh: 5, total: '2.50', anomalies: ['SIGNED_UNVERIFIED'] },
          },
        ],
      },
    },
  ],
};
