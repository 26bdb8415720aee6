import type { DecodedMessage } from '../../core/cdr/compute/cdr-rules.ts';
import type { StoredMessage } from '../../core/cdr/model/stored-message.ts';
import type { Source } from '../../core/session/source.ts';

/** Decodes a stored message of a source. */
export type DecodeMessage = (source: Source, message: StoredMessage) => DecodedMessage;

const identityOf = ({ key, kind, receivedAt, raw }: StoredMessage): string =>
  JSON.stringify([key, kind, receivedAt, raw]);

/**
 * Decodes each stored message of one session once. A CDR that is computed again, for a promo code, by the settings of
 * its operator or after a concurrent update, decodes only the messages that are new.
 */
export function decodeOnce(decode: DecodeMessage): DecodeMessage {
  const known = new Map<string, DecodedMessage>();
  return (source, message) => {
    const identity = identityOf(message);
    const decoded = known.get(identity) ?? decode(source, message);
    known.set(identity, decoded);
    return decoded;
  };
}
