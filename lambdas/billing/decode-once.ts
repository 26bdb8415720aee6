import type { DecodedMessage } from '../../core/cdr/compute/cdr-rules.ts';
import type { StoredMessage } from '../../core/cdr/model/stored-message.ts';
import type { Source } from '../../core/session/source.ts';

/** Decodes a stored message of a source. */
export type DecodeMessage = (source: Source, message: StoredMessage) => DecodedMessage;

type Known = { readonly message: StoredMessage; readonly decoded: DecodedMessage };

const isSame = (a: StoredMessage, b: StoredMessage): boolean =>
  a.raw === b.raw && a.receivedAt === b.receivedAt && a.kind === b.kind;

/**
 * Decodes each stored message of one session once. A CDR that is computed again, for a promo code, by the settings of
 * its operator or after a concurrent update, decodes only the messages that are new.
 */
export function decodeOnce(decode: DecodeMessage): DecodeMessage {
  const all = new Map<string, readonly Known[]>();
  return (source, message) => {
    // A session and its connector may each have one of the same key.
    const ofKey = all.get(message.key) ?? [];
    const known = ofKey.find((one) => isSame(one.message, message));
    if (known !== undefined) return known.decoded;
    const decoded = decode(source, message);
    all.set(message.key, [...ofKey, { message, decoded }]);
    return decoded;
  };
}
