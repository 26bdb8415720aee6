import type { DecodedMessage } from '../cdr/compute/cdr-rules.ts';
import type { StoredMessage } from '../cdr/model/stored-message.ts';
import { decodePushed } from '../push/decode-pushed.ts';
import type { Source } from '../session/source.ts';
import { decodeMessage } from './decode-message.ts';
import { loadVersions } from './load-version.ts';

/** Decodes a stored message of a session from a source. */
type Decoder = (source: Source, message: Omit<StoredMessage, 'key'>) => DecodedMessage;

const nothing: DecodedMessage = { readings: [], states: [] };

/** Loads what decodes stored messages of some sources; those of any other are read as nothing. */
export const loadDecoder = async (sources: Iterable<Source>): Promise<Decoder> => {
  const versions = await loadVersions([...sources].filter((source) => source !== 'push'));
  return (source, message) => {
    if (source === 'push') return decodePushed(message);
    const version = versions.get(source);
    return version === undefined ? nothing : decodeMessage(version, message);
  };
};
