import type { DecodedMessage } from '../cdr/compute/cdr-rules.ts';
import type { StoredMessage } from '../cdr/model/stored-message.ts';
import type { Protocol } from './protocol.ts';
import { spokenVersions } from './spoken-versions.ts';

const nothing: DecodedMessage = { readings: [], states: [] };

/** Content of a stored message: readings of the meter, states of the connector, or nothing. */
export const decodeMessage = (
  protocol: Protocol,
  { kind, raw, receivedAt }: Omit<StoredMessage, 'key'>,
): DecodedMessage =>
  spokenVersions[protocol]?.decodeStored(kind, raw, Date.parse(receivedAt)) ?? nothing;
