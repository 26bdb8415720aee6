import type { DecodedMessage } from '../cdr/compute/cdr-rules.ts';
import type { StoredMessage } from '../cdr/model/stored-message.ts';
import { decodeMessage } from './decode-message.ts';
import { loadVersions } from './load-version.ts';
import type { Protocol } from './protocol.ts';

/** Decodes a stored message of a protocol. */
type Decoder = (protocol: Protocol, message: Omit<StoredMessage, 'key'>) => DecodedMessage;

const nothing: DecodedMessage = { readings: [], states: [] };

/** Loads what decodes stored messages of some protocols; those of any other are read as nothing. */
export const loadDecoder = async (protocols: Iterable<Protocol>): Promise<Decoder> => {
  const versions = await loadVersions(protocols);
  return (protocol, message) => {
    const version = versions.get(protocol);
    return version === undefined ? nothing : decodeMessage(version, message);
  };
};
