import type { DecodedMessage } from '../cdr/compute/cdr-rules.ts';
import type { StoredMessage } from '../cdr/model/stored-message.ts';
import { decodePushed } from '../push/decode-pushed.ts';
import type { Source } from '../session/source.ts';
import { spokenVersions } from './spoken-versions.ts';

const nothing: DecodedMessage = { readings: [], states: [] };

/** Content of a stored message of a session from this source: readings of the meter, states of the connector, or nothing. */
export const decodeMessage = (
  source: Source,
  message: Omit<StoredMessage, 'key'>,
): DecodedMessage => {
  if (source === 'push') return decodePushed(message);
  const { kind, raw, receivedAt } = message;
  if (kind === 'pushed') return nothing;
  return spokenVersions[source]?.decodeStored(kind, raw, Date.parse(receivedAt)) ?? nothing;
};
