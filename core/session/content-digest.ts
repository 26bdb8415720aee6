import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 of text in UTF-8: identities derive from content, so that a repetition finds itself. */
export const contentDigest = (text: string): Uint8Array => sha256(utf8ToBytes(text));
