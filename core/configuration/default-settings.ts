import type { Protocol } from '../ocpp/protocol.ts';

/** Seconds between heartbeats: under the 600 seconds of silence after which API Gateway closes a connection, with forty to spare. */
export const heartbeatSeconds = 560;

/** A setting that chargers get where nobody wants another, and why. */
export type DefaultSetting = {
  readonly key: string;
  readonly value: string;
  readonly reason: string;
};

/** Changes with the defaults below: chargers that were given older ones are given the new ones. */
export const defaultsVersion = 1;

const open = 'API Gateway closes a connection after 10 minutes without a message.';
const minutely =
  'Running energy and cost follow the readings, and a lost stop is billed by the last one.';
const short =
  'All samples of a session in its last message can exceed 32 KB: then it never arrives. They arrive while the session runs.';

const ofOcpp16: readonly DefaultSetting[] = [
  { key: 'HeartbeatInterval', value: String(heartbeatSeconds), reason: open },
  { key: 'WebSocketPingInterval', value: '240', reason: open },
  { key: 'MeterValueSampleInterval', value: '60', reason: minutely },
  { key: 'StopTxnSampledData', value: '', reason: short },
  { key: 'StopTxnAlignedData', value: '', reason: short },
];

const ofOcpp2: readonly DefaultSetting[] = [
  { key: 'OCPPCommCtrlr.HeartbeatInterval', value: String(heartbeatSeconds), reason: open },
  { key: 'OCPPCommCtrlr.WebSocketPingInterval', value: '240', reason: open },
  { key: 'SampledDataCtrlr.TxUpdatedInterval', value: '60', reason: minutely },
  // The values at the start and the end of a transaction stay in its last message.
  { key: 'SampledDataCtrlr.TxEndedInterval', value: '0', reason: short },
  { key: 'AlignedDataCtrlr.TxEndedInterval', value: '0', reason: short },
];

/** The settings of a version that chargers get by default. */
export const defaultSettings = (protocol: Protocol): readonly DefaultSetting[] =>
  protocol === 'ocpp1.6' ? ofOcpp16 : ofOcpp2;
