import {
  newSigner,
  samplePayload,
  sampleReading,
  signedRecord,
} from '../../../core/ocmf/sign-record.ts';
import type { ConformanceBlock } from '../conformance-case.ts';
import { minute, posts, says, sees } from '../steps.ts';
import { accepted, ada, charged, ends, event, meters, register, starts } from './messages.ts';

const evse = { id: 1, connectorId: 1 };

const signer = newSigner('secp256r1');

/** A value with the text that the meter has signed (OCMF): of the begin or the end of a session, or of none. */
const signed = (at: number, value: number, context: string, transaction: 'B' | 'E' | 'X') => {
  const TM = `${minute(at).slice(0, 19)},000+0000 S`;
  const RD = [sampleReading(transaction, 0, (value / 1000).toFixed(4), { TM })];
  const record = signedRecord(signer, samplePayload({ RD }));
  return {
    timestamp: minute(at),
    sampledValue: [
      {
        value,
        context,
        measurand: 'Energy.Active.Import.Register',
        signedMeterValue: {
          signedMeterData: Buffer.from(record).toString('base64'),
          signingMethod: '',
          encodingMethod: 'OCMF',
          publicKey: '',
        },
      },
    ],
  };
};

/** The operator registers the public key of the meter. */
const knowsMeter = posts(
  '/meter-keys',
  { publicKey: signer.spki.toString('hex'), meterSerial: 'M-1' },
  { curve: 'secp256r1' },
);

const aligned = (seqNo: number, at: number, value: number) =>
  event('Updated', seqNo, at, 'MeterValueClock', {
    meterValue: [register(at, value, 'Sample.Clock')],
  });

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
      statement:
        'signed clock-aligned readings are taken without a session, and are part of the evidence in one',
      steps: [
        knowsMeter,
        says('MeterValues', { evseId: 1, meterValue: [signed(-15, 1000, 'Sample.Clock', 'X')] }),
        starts(),
        event('Updated', 1, 30, 'MeterValueClock', {
          meterValue: [signed(30, 3500, 'Sample.Clock', 'X')],
        }),
        ends(2, 'StopAuthorized', 'Local'),
      ],
      // Its signature is verified, but no begin and no end are signed to bill by.
      leaves: {
        sessions: [
          {
            ...charged({}, ['event', 'meter']),
            bill: { kwh: 5, total: '2.50', anomalies: ['SIGNED_NO_PAIR'] },
          },
        ],
      },
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
      statement: 'a session with signed readings is billed by them',
      steps: [
        knowsMeter,
        starts('Authorized', { meterValue: [signed(0, 1000, 'Transaction.Begin', 'B')] }),
        ends(1, 'StopAuthorized', 'Local', {
          meterValue: [signed(60, 6000, 'Transaction.End', 'E')],
        }),
      ],
      leaves: {
        sessions: [
          {
            shown: { state: 'ended', energyKwh: 5 },
            bill: { kwh: 5, total: '2.50' },
          },
        ],
      },
    },
  ],
};
