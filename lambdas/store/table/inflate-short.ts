import { inflateSync } from 'fflate';
import { type DictionaryNumber, dictionaries } from './dictionaries.ts';

/** Room for a text, used for each again: hardly any message of a charger is so long. One that fills it may go on. */
const room = new Uint8Array(8_192);

/** Packed bytes of which a text has more only if it hardly fits. */
const mostPacked = 2_048;

/**
 * Inflates a short text that was deflated with a dictionary. Undefined for one of 8 KB or more, and for bytes that cannot be inflated:
 * those are zlib's, which makes a stream for each text, and takes many times as long for that as for a text of some hundred bytes.
 */
export function inflateShort(bytes: Uint8Array, dictionary: DictionaryNumber): string | undefined {
  if (bytes.length > mostPacked) return undefined;
  try {
    const { buffer, length } = inflateSync(bytes, {
      dictionary: dictionaries[dictionary],
      out: room,
    });
    return length < room.length ? Buffer.from(buffer, 0, length).toString('utf8') : undefined;
  } catch {
    // Zlib says best what is wrong with them.
    return undefined;
  }
}
