import type { DecodedMessage } from '../cdr/compute/cdr-rules.ts';
import type { StoredMessage } from '../cdr/model/stored-message.ts';
import { connectorStateOf } from './connector-state-of.ts';
import type { Protocol } from './protocol.ts';
import { readingsOf } from './readings-of.ts';

/** What a stored message of a protocol says: readings of the meter, the state of the connector, or nothing. */
export const decodeMessage = (
  protocol: Protocol,
  { kind, raw, receivedAt }: Omit<StoredMessage, 'key'>,
): DecodedMessage => {
  const received = Date.parse(receivedAt);
  if (kind !== 'status') return { readings: readingsOf(protocol, kind, raw, received), states: [] };
  const state = connectorStateOf(protocol, raw, received);
  return { readings: [], states: state === undefined ? [] : [{ ...state, receivedAt: received }] };
};
