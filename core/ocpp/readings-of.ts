import type { MeterReading } from '../metering/model/reading.ts';
import type { Protocol } from './protocol.ts';
import { toReadings } from './v16/to-readings.ts';

/**
 * The readings in a stored message: `raw` is the text of its payload, `kind` says whether it is a message of meter
 * values or one that stops a session. `receivedAt` is in epoch milliseconds. What cannot be read has no readings.
 */
export const readingsOf = (
  protocol: Protocol,
  kind: 'meter' | 'stop',
  raw: string,
  receivedAt: number,
): readonly MeterReading[] => {
  switch (protocol) {
    case 'ocpp1.6':
      return toReadings(kind, raw, receivedAt);
    case 'ocpp2.0.1':
    case 'ocpp2.1':
      return [];
    default:
      return protocol satisfies never;
  }
};
