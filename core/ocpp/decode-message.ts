import type { DecodedMessage } from '../cdr/compute/cdr-rules.ts';
import type { StoredMessage } from '../cdr/model/stored-message.ts';
import type { Version } from './version.ts';

const nothing: DecodedMessage = { readings: [], states: [] };

/** Content of a stored message: readings of the meter, states of the connector, or nothing. */
export const decodeMessage = (
  version: Version,
  { kind, raw, receivedAt }: Omit<StoredMessage, 'key'>,
): DecodedMessage =>
  kind === 'pushed' ? nothing : version.decodeStored(kind, raw, Date.parse(receivedAt));
