import type { Understood } from '../cdr/cdr-from-readings.ts';
import type { StoredReading } from '../cdr/stored-reading.ts';
import { connectorStateOf } from './connector-state-of.ts';
import type { Protocol } from './protocol.ts';
import { readingsOf } from './readings-of.ts';

/** What a stored message of a protocol says: readings of the meter, the state of the connector, or nothing. */
export const understand = (
  protocol: Protocol,
  { kind, raw, receivedAt }: Omit<StoredReading, 'key'>,
): Understood => {
  const received = Date.parse(receivedAt);
  if (kind !== 'status') return { readings: readingsOf(protocol, kind, raw, received), states: [] };
  const state = connectorStateOf(protocol, raw, received);
  return { readings: [], states: state === undefined ? [] : [{ ...state, receivedAt: received }] };
};
